"""Templates, styles and scripts that the report and the reading room share."""
