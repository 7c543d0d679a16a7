"""report: one page that stands alone, opens from disk without a network, and prints.

gathered   what the page holds, asked of a case
write      that as HTML or as Markdown
"""

from rashomon.show.reports.write import Form, report, save_report

__all__ = ["Form", "report", "save_report"]
