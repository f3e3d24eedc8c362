"""A Spark session, and the folder through which edges and scores are exchanged with it.

Two variables of the environment say where the work is done: CHUHAI_SPARK_MASTER, the address of a cluster (all cores
of this machine when unset), and CHUHAI_SPARK_FOLDER, a folder that all of its machines see, such as
hdfs://host/chuhai (a temporary one of this machine when unset). Spark's own settings are read as ever.
"""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from graph.errors import ChuhaiError, UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MASTER, FOLDER = "CHUHAI_SPARK_MASTER", "CHUHAI_SPARK_FOLDER"
_QUIET = """rootLogger.level = error
rootLogger.appenderRef.err.ref = err
appender.err.type = Console
appender.err.name = err
appender.err.target = SYSTEM_ERR
appender.err.layout.type = PatternLayout
appender.err.layout.pattern = spark: %m%n
"""


class Room:
    """A running session and a folder of its own, as an address that Spark understands."""

    def __init__(self, spark: SparkSession, folder: str) -> None:
        self.spark = spark
        self.folder = folder

    @property
    def jvm(self) -> Any:
        """The virtual machine of Java behind the session: GraphX has no interface in Python."""
        return self.spark._jvm

    def bring(self, path: Path, name: str) -> str:
        """Copy a file of this machine into the folder, and give its address."""
        files, here = self._files(), self.jvm.org.apache.hadoop.fs.Path
        address = f"{self.folder}/{name}"
        files.copyFromLocalFile(False, True, here(path.as_uri()), here(address))
        return address

    def clear(self) -> None:
        """Take the folder away."""
        self._files().delete(self.jvm.org.apache.hadoop.fs.Path(self.folder), True)

    def _files(self) -> Any:
        place = self.jvm.org.apache.hadoop.fs.Path(self.folder)
        return place.getFileSystem(self.spark._jsc.hadoopConfiguration())


@contextmanager
def room() -> Iterator[Room]:
    """A session for one piece of work; it is stopped and its folder goes, whatever happens.

    Raises:
        ChuhaiError: where Spark or Java is not installed, or Spark cannot start or fails at its work.
        UsageError: for a cluster without a folder that its machines share.
    """
    master, shared = os.environ.get(MASTER, ""), os.environ.get(FOLDER, "")
    if master and not master.startswith("local") and not shared:
        raise UsageError(
            f"{MASTER} is {master}, and its machines share no folder; set {FOLDER}, as to hdfs://host/chuhai"
        )
    with tempfile.TemporaryDirectory(prefix="chuhai-spark-") as here:
        spark = _start(master or "local[*]", Path(here))
        try:
            made = Room(spark, f"{shared.rstrip('/') or Path(here).as_uri()}/{uuid4()}")
            try:
                yield made
            finally:
                made.clear()
        except _failures() as error:
            raise ChuhaiError(f"Spark failed: {_first_line(error)}") from None
        finally:
            spark.stop()


def _start(master: str, here: Path) -> SparkSession:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of versions of pandas, which is not used
        try:
            from pyspark.sql import SparkSession
        except ModuleNotFoundError:
            raise ChuhaiError("this needs Spark; install it with: pip install 'chuhai[spark]'") from None
    if not (os.environ.get("JAVA_HOME") or which("java")):
        raise ChuhaiError("Spark needs Java 17 or later; install it, or set JAVA_HOME")
    quiet = here / "log4j2.properties"
    quiet.write_text(_QUIET, encoding="utf-8")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={quiet.as_uri()}",
    }
    if master.startswith("local"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        settings["spark.sql.shuffle.partitions"] = str(os.cpu_count() or 1)
    builder = SparkSession.builder.appName("chuhai").master(master)
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except Exception as error:  # Spark's own, Java's and those of the way between them
        raise ChuhaiError(f"Spark does not start at {master}: {_first_line(error)}") from None


def _failures() -> tuple[type[Exception], ...]:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return PySparkException, Py4JError


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
