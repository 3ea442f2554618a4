"""Content → paper: laid out once, then shown as HTML by the web, as PDF and DOCX from here. Never reads or decides."""
