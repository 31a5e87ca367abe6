"""Scans: pages that are images only, in a PDF or as image files, become pages, paragraphs and tables as any other.

Character recognition is the optional extra ``gouji[ocr]``; it is loaded when the first scanned page turns up, and works
offline. A PDF whose pages all have text never comes to it. What was recognised says so (``Cell.recognition``,
``Page.scanned``), and why it may not be what is printed.
"""
