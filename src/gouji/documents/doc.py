"""A legacy Word file (.doc): converted to .docx by LibreOffice, where it is installed, and read from there.

The conversion runs with a profile of its own, without macros, linked content or network, and is killed after a
minute. Without LibreOffice the file is refused with one sentence.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from gouji.documents.docx import read_docx
from gouji.documents.model import Document, UnreadableFile
from gouji.documents.package import explain_os_error

SECONDS = 60.0
"""How long a conversion may take; two seconds are usual."""

_PROGRAMS = ("soffice", "libreoffice")
_BY_HAND = "请用 Word/WPS 另存为 .docx"

# A document may ask for pictures and text from the network: no linked content, no macros, and a proxy that is none.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"
 oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
</item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1
</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value>
</prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1
</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value>
</prop></item>
</oor:items>
"""


def read_doc(path: Path) -> Document:
    """Read a .doc through LibreOffice. Raises UnreadableFile when it is not installed, or cannot convert the file."""
    program = find_libreoffice()
    if program is None:
        raise UnreadableFile(path, f"这是旧版 Word 文件（.doc），{_BY_HAND}，或安装 LibreOffice 后再试")
    with tempfile.TemporaryDirectory(prefix="gouji-doc-", ignore_cleanup_errors=True) as name:
        converted = _convert(path, program, Path(name))
        try:
            document = read_docx(converted)
        except UnreadableFile as error:
            raise UnreadableFile(path, f"旧版 Word 文件转换后读不出（{error.reason}），{_BY_HAND}") from error
    notices = ["这是旧版 Word 文件（.doc），由 LibreOffice 转换后读取。", *document.notices]
    return replace(document, path=path, format="doc", notices=notices)


def find_libreoffice() -> str | None:
    """The path of LibreOffice's program; None where it is not installed."""
    return next((found for found in map(shutil.which, _PROGRAMS) if found), None)


def _convert(path: Path, program: str, folder: Path) -> Path:
    source, target = folder / "source.doc", folder / "out" / "source.docx"
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_PROFILE, encoding="utf-8")
    try:
        shutil.copyfile(path, source)
    except OSError as error:
        raise UnreadableFile(path, explain_os_error(error)) from error
    command = [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--nodefault", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(target.parent), str(source),
    ]  # fmt: skip
    kept = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ
    }
    surroundings = {**kept, "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}
    if not _run(command, folder, surroundings):
        raise UnreadableFile(path, f"旧版 Word 文件转换超过{SECONDS:.0f}秒，已停止；{_BY_HAND}")
    if not target.is_file():
        raise UnreadableFile(path, f"旧版 Word 文件无法转换（文件已损坏或有密码），{_BY_HAND}")
    return target


def _run(command: list[str], folder: Path, surroundings: dict[str, str]) -> bool:
    """Whether the program ended in time. It starts others; all of its group are killed when it did not."""
    try:
        process = subprocess.Popen(
            command, cwd=folder, env=surroundings, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    except OSError:
        return True
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
