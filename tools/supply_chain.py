"""What Redan is made of, checked without a network: `make supply-chain`, after `make wheel`.

Every pinned package has a hash and is what is installed; the sdist builds and gives the same package as the
wheel; the wheel installs from files alone; a bill of materials (CycloneDX) of the base packages is written.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"
BILL = ROOT / "build" / "sbom.json"
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)")
LOCKS = ("base", "build", "dev")


def pins(lock: Path) -> dict[str, dict[str, int]]:
    """Return name -> version -> number of hashes; a package may be pinned anew for some Pythons."""
    found: dict[str, dict[str, int]] = {}
    name = version = ""
    for line in lock.read_text(encoding="utf-8").splitlines():
        if begun := PIN.match(line):
            name, version = re.sub(r"[-_.]+", "-", begun[1]).lower(), begun[2]
            found.setdefault(name, {})[version] = 0
        if name:
            found[name][version] += line.count("--hash=sha256:")
    return found


def check_pins() -> list[str]:
    """Say which pins have no hash, and what is installed in a version that is not pinned."""
    faults = []
    for lock in LOCKS:
        listed = pins(ROOT / "requirements" / f"{lock}.txt")
        hashes = sum(sum(versions.values()) for versions in listed.values())
        print(f"requirements/{lock}.txt: {len(listed)} packages, {hashes} hashes")
        for name, versions in listed.items():
            faults += [f"{lock}.txt: {name} {v} has no hash" for v, count in versions.items() if not count]
            try:
                there = metadata.version(name)
            except metadata.PackageNotFoundError:
                continue  # of another platform or Python
            if there not in versions:
                faults.append(f"{name} {there} is installed where {lock}.txt pins {', '.join(versions)}")
    return faults


def contents(wheel: Path) -> dict[str, str]:
    """Return name -> sha256 of the package's files in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.startswith("redan/")]
        return {name: hashlib.sha256(archive.read(name)).hexdigest() for name in names}


def check_sdist(wheel: Path) -> list[str]:
    """Build the sdist, the wheel from it, and install that without a network or dependencies."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run("-m", "hatchling", "build", "--target", "sdist", "--directory", str(folder))
        (sdist,) = folder.glob("*.tar.gz")
        with tarfile.open(sdist) as archive:
            archive.extractall(folder, filter="data")
        (source,) = (path for path in folder.iterdir() if path.is_dir())
        run("-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder), cwd=source)
        (built,) = folder.glob("*.whl")
        target = folder / "installed"
        options = [
            "--no-index",
            "--no-deps",
            "--disable-pip-version-check",
            "--target",
            str(target),
        ]
        run("-m", "pip", "install", *options, str(built))
        installed = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
        lacking = [name for name in contents(wheel) if name not in installed]
        print(f"{sdist.name}: builds and installs offline, {len(contents(built))} files")
        faults = (
            [] if contents(built) == contents(wheel) else ["the sdist gives another package than the wheel"]
        )
        return faults + [f"not installed: {name}" for name in lacking[:5]]


def write_bill() -> list[str]:
    """Write the bill of materials of the base packages, the same bytes each time."""
    BILL.parent.mkdir(exist_ok=True)
    lock = str(ROOT / "requirements" / "base.txt")
    run("-m", "cyclonedx_py", "requirements", lock, "--output-reproducible", "-o", str(BILL))
    wanted, text = pins(Path(lock)), BILL.read_text(encoding="utf-8")
    print(f"{BILL.relative_to(ROOT)}: a bill of {len(wanted)} packages")
    return [f"{name} is not in the bill" for name in wanted if f'"{name}"' not in text.lower()]


def run(*arguments: str, cwd: Path = ROOT) -> None:
    """Run a Python module of this environment; its output only where it fails."""
    done = subprocess.run([sys.executable, *arguments], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments[:3])} failed:\n{done.stdout}{done.stderr}")


def main() -> int:
    """Check everything; one line for each fault."""
    (wheel,) = DIST.glob("*.whl")
    faults = [*check_pins(), *check_sdist(wheel), *write_bill()]
    for fault in faults:
        print(f"fault: {fault}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
