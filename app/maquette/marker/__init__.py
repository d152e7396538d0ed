"""The marker: the process beside the window that checks and exports picture files."""
