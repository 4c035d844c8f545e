"""What a user would pick instead: a Word template filled by docxtpl, turned into a PDF by LibreOffice.

    pip install docxtpl==0.20.2
    python3 benches/cote_a_cote.py CPOM [CONTRACT.json] [COPIES]

The template is made out of the Word file that cpom prints of the contract, each value turned into a placeholder: the same
pages and the same words on both sides, without the choices, the loops and the sums that cpom makes besides. Times are wall-clock
medians of three; only their ratios mean something elsewhere.
"""

import re
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from docxtpl import DocxTemplate
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def template(word: Path, out: Path) -> dict[str, str]:
    """The Word file with a placeholder for each value, and the values."""
    values = {}
    with zipfile.ZipFile(word) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(data)
                for control in root.iter(f"{W}sdt"):
                    texts = list(control.find(f"{W}sdtContent").iter(f"{W}t"))
                    if not texts or control.getparent().getparent() is None:
                        continue
                    key = f"v{len(values)}"
                    values[key] = "".join(text.text or "" for text in texts)
                    texts[0].text = "{{ " + key + " }}"
                    for text in texts[1:]:
                        text.text = ""
                data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            target.writestr(name, data)
    return values


def median(run, times: int = 3) -> float:
    def one() -> float:
        start = time.perf_counter()
        run()
        return time.perf_counter() - start

    return statistics.median(one() for _ in range(times))


def pages(pdf: Path) -> int:
    said = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    return int(re.search(r"Pages:\s+(\d+)", said)[1])


def main() -> None:
    cpom = sys.argv[1]
    contract = sys.argv[2] if len(sys.argv) > 2 else "fixtures/paca/exemple.json"
    copies = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)

        def generate(form: str) -> None:
            command = [cpom, "generer", contract, "--format", form, "--sortie", str(work / "cpom")]
            subprocess.run(command, check=True, capture_output=True)

        def convert(files: list[Path]) -> None:
            profile = f"-env:UserInstallation=file://{work / 'profil'}"
            command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work / "office")]
            subprocess.run(command + [str(f) for f in files], check=True, capture_output=True)

        generate("docx")
        (word,) = (work / "cpom").glob("*.docx")
        values = template(word, work / "modele.docx")
        filled = work / "rempli.docx"

        def fill(out: Path = filled) -> None:
            document = DocxTemplate(work / "modele.docx")
            document.render(values, autoescape=True)
            document.save(out)

        fill()
        convert([filled])  # The first run makes LibreOffice's profile.
        rows = [
            ("Word", median(lambda: generate("docx")), median(fill)),
            ("PDF", median(lambda: generate("pdf")), median(lambda: (fill(), convert([filled])))),
        ]
        many = [work / f"copie-{n:02}.docx" for n in range(copies)]
        for rank in range(copies):
            text = Path(contract).read_text(encoding="utf-8")
            copy = re.sub(r'("reference":\s*")[^"]*', rf"\g<1>COPIE-{rank:02}", text, count=1)
            target = work / "contrats" / f"{rank:02}"
            target.mkdir(parents=True)
            (target / "contrat.json").write_text(copy, encoding="utf-8")
            for beside in Path(contract).parent.iterdir():
                if beside.is_dir():
                    (target / beside.name).symlink_to(beside.resolve())

        def batch() -> None:
            command = [cpom, "lot", str(work / "contrats"), "--format", "pdf", "--sortie", str(work / "lot")]
            subprocess.run(command, check=True, capture_output=True)

        def batch_office() -> None:
            for file in many:
                fill(file)
            convert(many)

        rows.append((f"{copies} PDF", median(batch, 1), median(batch_office, 1)))
        printed = len(list((work / "lot").glob("*.pdf")))
        assert printed == copies, f"{printed} dossiers were printed, {copies} were asked for"
        (ours,) = (work / "cpom").glob("*.pdf")
        counts = f"{pages(ours)} pages, {pages(work / 'office' / 'rempli.pdf')} by LibreOffice"
        print(f"{Path(contract)}: {len(values)} values, {counts}")
        print(f"{'':>8} {'cpom':>9} {'docxtpl + LibreOffice':>22} {'ratio':>6}")
        for name, ours, theirs in rows:
            print(f"{name:>8} {ours:>7.2f} s {theirs:>20.2f} s {theirs / ours:>6.1f}")


main()
