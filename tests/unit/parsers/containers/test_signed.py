"""The mail inside a signature is read like any; what needs a key is told."""

from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

from parsers.containers.signed import cms_type
from parsers.reading import Reader
from tests.builders.containers import digest, opened, told
from tests.builders.message import RULES, a_message, a_multipart, a_part

TEXT = b"Kinh gui Ban Dan van Quan uy\r\n" * 40
INNER = a_multipart(
    a_part(b"Don vi xin gui bang dang ky."),
    a_part(TEXT, 'text/plain; name="bang.txt"'),
)
KEY = rsa.generate_private_key(65537, 2048)
NAME = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Phuong 9")])
DAY = datetime(2021, 6, 8, tzinfo=UTC)
CERTIFICATE = x509.CertificateBuilder(
    NAME, NAME, KEY.public_key(), 1, DAY, DAY.replace(year=2031)
).sign(KEY, hashes.SHA256())
DER, BINARY = serialization.Encoding.DER, pkcs7.PKCS7Options.Binary


def signed(*options: pkcs7.PKCS7Options) -> bytes:
    builder = pkcs7.PKCS7SignatureBuilder().set_data(INNER)
    builder = builder.add_signer(CERTIFICATE, KEY, hashes.SHA256())
    return builder.sign(
        serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary, *options]
    )


def locked() -> bytes:
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(INNER).add_recipient(CERTIFICATE)
    return builder.encrypt(DER, [BINARY])


def in_pieces(tag: int, *inner: bytes) -> bytes:
    """Return a value of BER whose length is not told (X.690 8.1.3.6)."""
    return bytes([tag, 0x80]) + b"".join(inner) + b"\0\0"


def told_length(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    raw = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(raw)]) + raw + content


def streamed() -> bytes:
    """Return signed data as programs write it that do not know how much will come."""
    data = bytes.fromhex("06092a864886f70d010701")
    kind = bytes.fromhex("06092a864886f70d010702")
    pieces = [told_length(4, INNER[at : at + 500]) for at in range(0, len(INNER), 500)]
    content = in_pieces(0xA0, in_pieces(0x24, *pieces))
    body = in_pieces(
        0x30, b"\2\1\1", told_length(0x31, b""), in_pieces(0x30, data, content)
    )
    return in_pieces(0x30, kind, in_pieces(0xA0, body))


@pytest.mark.parametrize("payload", [signed(), streamed()])
def test_the_mail_inside_is_the_mail(payload: bytes) -> None:
    kind = 'application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"'
    mail = a_message(a_part(payload, kind, encoding="base64"))
    reading = Reader(RULES).read_message(mail)
    assert [(a.path, a.type) for a in reading.attachments] == [
        (("smime.p7m",), "p7m"),
        (("smime.p7m", "bang.txt"), "text"),
    ]
    assert reading.attachments[1].sha256 == digest(TEXT)
    assert reading.reply_text == "Don vi xin gui bang dang ky."


def test_a_signature_alone_holds_nothing() -> None:
    alone = signed(pkcs7.PKCS7Options.DetachedSignature)
    assert cms_type(alone) == "p7s"
    assert told(opened(alone, "smime.p7s")) == []


def test_what_is_encrypted_is_told() -> None:
    found = opened(locked(), "smime.p7m")
    assert [a.role for a in found.attachments] == ["unreadable"]
    assert told(found) == [("file_encrypted", "smime.p7m")]


@pytest.mark.parametrize("cut", [30, 60, 200])
def test_a_cut_one_ends_in_a_finding_or_in_what_is_there(cut: int) -> None:
    for payload in (signed(), streamed()):
        found = opened(payload[:cut], "smime.p7m")
        assert found.attachments[0].type in ("p7m", "p7s")


def test_lengths_without_end_cost_linear_time() -> None:
    bomb = bytes.fromhex("308006092a864886f70d010702a080") + b"\x30\x80" * 500_000
    found = opened(bomb, "smime.p7m")
    assert found.attachments[0].bytes == len(bomb)
