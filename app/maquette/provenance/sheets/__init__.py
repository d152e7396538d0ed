"""Contact sheets: pages of small pictures, drawn and labelled as made by AI."""
