"""Turn plain values into documents: PDF letters, Excel workbooks and CSV.

Owns how a document looks and which standards it meets (PDF/UA-1 with PDF/A-2a, RFC 4180, a
workbook without formulas). Knows no member, no budget and no database: whoever publishes hands
over values that are ready, words already translated and amounts in whole cents.
"""
