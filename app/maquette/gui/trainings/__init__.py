"""The page of all trainings: each as it runs, and what came of it."""
