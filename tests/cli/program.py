"""Running the real program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = str(Path(sys.executable).parent / "assistant")


def run(*arguments: str | Path, stdin: str | bytes = "") -> subprocess.CompletedProcess[str]:
    """Run `assistant` in the test's temporary home, as a shell would.

    Args:
        arguments: What stands behind `assistant`.
        stdin: What is piped in; bytes go in as they are.
    """
    piped = stdin.encode() if isinstance(stdin, str) else stdin
    ended = subprocess.run([PROGRAM, *map(str, arguments)], input=piped, capture_output=True, timeout=300)
    out, err = (text.decode("utf-8", "surrogateescape") for text in (ended.stdout, ended.stderr))
    assert "Traceback" not in err, err
    return subprocess.CompletedProcess(ended.args, ended.returncode, out, err)
