"""Widgets that nobody holds any more go in the window's thread, whatever other threads do."""

import subprocess
import sys

PROGRAM = """
import threading, weakref
from PySide6.QtWidgets import QApplication, QWidget
from maquette.gui.garbage import Garbage

app = QApplication([])
Garbage(app)

class Panel(QWidget):
    def __init__(self):
        super().__init__()
        self.itself = self

def allocate():
    kept = [[] for _ in range(200_000)]  # Python collects several times on the way

panel = Panel()
gone = []
weakref.finalize(panel, lambda: gone.append(threading.current_thread()))
del panel
thread = threading.Thread(target=allocate)
thread.start()
thread.join()
assert not gone
other = [[] for _ in range(1000)]
while not gone:
    app.processEvents()
assert gone == [threading.main_thread()]
"""


def test_a_thread_that_allocates_destroys_no_widget():
    subprocess.run([sys.executable, "-c", PROGRAM], check=True, timeout=60)
