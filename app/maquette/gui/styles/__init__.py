"""The Styles place: cards of all styles, and what can be done with them."""
