"""The durable queue of jobs: one SQLite file that several programs share."""
