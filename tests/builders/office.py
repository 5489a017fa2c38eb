"""Office programs that misbehave, as scripts in a folder of their own."""

from pathlib import Path

#: What each does with the file in `$source`; `$out` is where its result belongs.
MOODS = {
    "hangs": "sleep 1000",
    "crashes": "kill -SEGV $$",
    "writes nothing": "exit 0",
    "writes garbage": 'head -c 3000 /dev/urandom >"$out"',
    "writes without end": 'cat /dev/zero >"$out"',
    "leaves a fork behind": "setsid sleep 1000 & exit 0",
    "forks and hangs": "(setsid sleep 1000 &) ; sleep 1000 & wait",
    "eats memory": "exec {python} -c 'bytearray(3 << 30)'",
}


def a_program(folder: Path, mood: str, sample: bytes) -> str:
    """Write a `soffice` and return its folder; what is no `.doc` becomes `sample`.

    Each start of it adds a line to `starts`.
    """
    folder.mkdir()
    (folder / "sample.docx").write_bytes(sample)
    (folder / "starts").touch()
    script = folder / "soffice"
    script.write_text(
        f"""#!/bin/sh
echo start >> {folder}/starts
while [ $# -gt 1 ]; do [ "$1" = --outdir ] && dir=$2; shift; done
source=$1
mkdir -p "$dir"
base=$(basename "$source")
out=$dir/${{base%.*}}.docx
case "$source" in *.doc) ;; *) cp {folder}/sample.docx "$out"; exit 0;; esac
{mood}
"""
    )
    script.chmod(0o755)
    return str(folder)
