"""Judging the model: attribute classifiers, reports and contact sheets."""
