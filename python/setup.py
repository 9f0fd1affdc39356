"""Version and prices are those of the CDK package, so that there is one of each."""

import json
import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "bedrock_observability_trace"


class WithPrices(build_py):
    def run(self):
        super().run()
        shutil.copy(ROOT / "engine" / "pricing" / "catalogue.ndjson", Path(self.build_lib) / PACKAGE / "catalogue.ndjson")


setup(version=json.loads((ROOT / "package.json").read_text("utf8"))["version"], cmdclass={"build_py": WithPrices})
