"""Sign a PDF as an office's signing program does: a field, a certificate, an update."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

#: Bytes kept free for the signature; one of a single certificate has fewer.
_ROOM = 4096
_FROM = datetime(2021, 5, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Signing:
    """`filter` is its kind; `empty` leaves the place free, as before signing."""

    filter: str = "adbe.pkcs7.detached"
    empty: bool = False


def signed_pdf(payload: bytes, how: Signing = Signing()) -> bytes:
    """Return `payload` with an incremental update that signs all of it."""
    root = re.search(rb"/Root\s+(\d+) 0 R", payload)
    size = re.search(rb"(?s).*/Size\s+(\d+)", payload)
    former = re.findall(rb"startxref\s+(\d+)", payload)
    assert root
    assert size
    number = int(root[1])
    catalogue = re.findall(rb"(?s)\n%d 0 obj\s*<<(.*?)>>\s*endobj" % number, payload)
    first = int(size[1])
    # A second signature keeps the first one's field.
    fields, _, rest = catalogue[-1].partition(b"/AcroForm<</SigFlags 3/Fields[")
    others = rest.partition(b"]")[0]
    form = b"/AcroForm<</SigFlags 3/Fields[%s %d 0 R]>>" % (others, first + 1)
    hole = b"\n<" + b"0" * (_ROOM * 2) + b">"
    objects = {
        number: b"<<" + fields + form + b">>",
        first: b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/%s"
        b"/ByteRange[0 %s]/Contents%s/M(D:20210608090000+07'00')>>"
        % (how.filter.encode(), b" " * 40, hole),
        first + 1: b"<</FT/Sig/T(Signature1)/V %d 0 R/Type/Annot/Subtype/Widget"
        b"/Rect[0 0 0 0]/F 132>>" % first,
    }
    out = bytearray(payload if payload.endswith(b"\n") else payload + b"\n")
    places = {}
    for key, content in objects.items():
        places[key] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (key, content)
    start = len(out)
    out += b"xref\n"
    for key, place in sorted(places.items()):
        out += b"%d 1\n%010d 00000 n \n" % (key, place)
    out += b"trailer<</Size %d/Root %d 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        first + 2,
        number,
        former[-1],
        start,
    )
    return bytes(out) if how.empty else _filled(out, out.rindex(hole) + 1)


def _filled(out: bytearray, hole: int) -> bytes:
    """Return the file with its ranges and the signature over them."""
    after = hole + _ROOM * 2 + 2
    ranges = b"%d %d %d" % (hole, after, len(out) - after)
    at = out.rindex(b"/ByteRange[0 ") + len(b"/ByteRange[0 ")
    out[at : at + 40] = ranges.ljust(40)
    signature = _signature(bytes(out[:hole] + out[after:]))
    assert len(signature) <= _ROOM
    out[hole + 1 : after - 1] = signature.hex().encode().ljust(_ROOM * 2, b"0")
    return bytes(out)


def _signature(content: bytes) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Nguyễn Văn An")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(41)
        .not_valid_before(_FROM)
        .not_valid_after(_FROM + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    return (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(content)
        .add_signer(certificate, key, hashes.SHA256())
        .sign(serialization.Encoding.DER, options)
    )
