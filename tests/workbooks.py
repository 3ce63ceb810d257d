"""Writes the workbooks of tests/cases anew: pip install openpyxl XlsxWriter odfpy.

They come from writers that share nothing with the reader. Run it in the project's folder.
"""

import datetime
import os
import zipfile

import openpyxl
import xlsxwriter
from odf import style, table, text
from odf.opendocument import OpenDocumentSpreadsheet

CASES = "tests/cases"
URL = "HTTPS://MO.VN/X/000{}"


def case(name):
    os.makedirs(f"{CASES}/{name}", exist_ok=True)
    return f"{CASES}/{name}/xe"


def plain(rows, name):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(name)
    return book


def shown(name):
    book = openpyxl.Workbook()
    empty = book.active
    empty.title = "Trống"
    sheet = book.create_sheet("Xe khách")
    sheet.append(["Biển\nsố", "so", "dien_thoai", "ngay", "phi", "ty_le", "to_do", "dung", "url"])
    rows = [
        ("19B-012.34", 7, "0210 3744991", datetime.date(2026, 11, 26), 1250000, 0.125, 21.0285, True, URL.format(1)),
        ("19B-056.78", 19.0, 2103744991, datetime.datetime(2026, 1, 2, 13, 30), 50000.5, 1, 1e14, False, URL.format(2)),
    ]
    for row in rows:
        sheet.append(row)
    for row in (2, 3):
        for column, code in {"B": "0000", "D": "dd/mm/yyyy", "E": '#,##0\\ "đ"', "F": "0.0%"}.items():
            sheet[f"{column}{row}"].number_format = code
    sheet["C3"].number_format = "0000\\ 0000000"
    sheet["D3"].number_format = "d/m/yy h:mm"
    sheet.row_dimensions[3].hidden = True
    sheet.auto_filter.ref = "A1:I3"
    book.save(name)


def titled(name):
    book = openpyxl.Workbook()
    book.active.append(["không", "phải"])
    sheet = book.create_sheet("Xe khách")
    sheet["A1"] = "DANH SÁCH XE"
    sheet.merge_cells("A1:B1")
    sheet["A3"], sheet["B3"] = "bien_so", "url"
    sheet["A4"], sheet["B4"] = "19B-012.34", URL.format(1)
    book.save(name)


def merged(name):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [["bien_so", "url", "tuyen", None], ["19B-012.34", URL.format(1), "Việt Trì", "x"], ["19B-056.78", URL.format(2), None, "y"]]:
        sheet.append(row)
    sheet.merge_cells("C1:D1")
    sheet.merge_cells("C2:C3")
    book.save(name)


def formulas(name, whole):
    book = xlsxwriter.Workbook(name)
    book.set_properties({"created": datetime.datetime(2026, 11, 26)})
    sheet = book.add_worksheet("Xe")
    money = book.add_format({"num_format": "#,##0"})
    sheet.write_row(0, 0, ["bien_so", "url", "phi"])
    for row in (1, 2):
        sheet.write(row, 0, f"19B-000.0{row}")
        sheet.write_formula(row, 1, f'="HTTPS://MO.VN/X/"&TEXT({row},"0000")', None, URL.format(row))
        sheet.write_formula(row, 2, f"={row}*50000", money, row * 50000)
    if not whole:
        sheet.write_formula(3, 0, "=VLOOKUP(1,Z1:Z2,1,0)", None, "#N/A")
        sheet.write_formula(3, 1, "=A1", None, "")
        sheet.write_formula(3, 2, "=#REF!", None, "#REF!")
    book.close()
    if not whole:
        without_value(name, "B4")


def without_value(name, cell):
    """As writers do that work nothing out: the formula stands there alone."""
    with zipfile.ZipFile(name) as old:
        parts = [(item, old.read(item)) for item in old.infolist()]
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as new:
        for item, data in parts:
            if item.filename == "xl/worksheets/sheet1.xml":
                head, rest = data.split(f'<c r="{cell}"'.encode())
                rest = rest[rest.index(b">") + 1 :]
                formula, rest = rest.split(b"</c>", 1)
                data = head + f'<c r="{cell}">'.encode() + formula[: formula.index(b"</f>") + 4] + b"</c>" + rest
            new.writestr(item, data)


def beside(name):
    book = xlsxwriter.Workbook(name)
    sheet = book.add_worksheet("Xe")
    sheet.write_row(0, 0, ["bien_so", "url", "ngay"])
    sheet.write_row(1, 0, ["19B-012.34", URL.format(1)])
    sheet.write_datetime(1, 2, datetime.datetime(2026, 11, 26), book.add_format({"num_format": "d-mmm-yy"}))
    sheet.write(1, 4, "đã gọi")
    sheet.write(2, 4, "?")
    book.close()


def ods(name):
    book = OpenDocumentSpreadsheet()
    unseen = style.Style(name="unseen", family="table")
    unseen.addElement(style.TableProperties(display="false"))
    book.automaticstyles.addElement(unseen)
    for title, look, rows in [
        ("Ẩn", "unseen", [["bien_so", "url"], ["x", "y"]]),
        ("Xe", None, [["bien_so", "phi", "ngay", "url"], ["19B-012.34", 1250000, datetime.date(2026, 11, 26), URL.format(1)]]),
    ]:
        sheet = table.Table(name=title, **({"stylename": look} if look else {}))
        for row in rows:
            line = table.TableRow()
            for value in row:
                if isinstance(value, int):
                    cell = table.TableCell(valuetype="currency", value=value)
                    cell.addElement(text.P(text="1.250.000 đ"))
                elif isinstance(value, datetime.date):
                    cell = table.TableCell(valuetype="date", datevalue=value.isoformat())
                else:
                    cell = table.TableCell(valuetype="string")
                    cell.addElement(text.P(text=value))
                line.addElement(cell)
            sheet.addElement(line)
        sheet.addElement(table.TableRow(numberrowsrepeated=1048570))
        book.spreadsheet.addElement(sheet)
    book.save(name)


shown(case("good/workbook-cells-as-they-are-shown") + ".xlsx")
titled(case("good/workbook-sheet-and-header-named") + ".xlsx")
titled(case("bad-input/workbook-sheet-unknown") + ".xlsx")
merged(case("bad-input/workbook-cells-merged") + ".xlsx")
formulas(case("good/workbook-of-formulas") + ".xlsx", True)
formulas(case("bad-input/workbook-formulas-in-error") + ".xlsx", False)
plain([["bien_so", "stk", "url"], ["19B-012.34", 12345678901234567, URL.format(1)], ["19B-056.78", 123456789012345, URL.format(2)]],
      case("bad-input/workbook-digits-lost") + ".xlsx")
beside(case("good/workbook-with-notes-beside") + ".xlsx")
plain([["bien_so", "url"]], case("bad-input/workbook-header-only") + ".xlsx")
plain([["bien_so", "url"], ["19B-012.34", URL.format(1)]], case("bad-input/csv-that-is-a-workbook") + ".csv")
ods(case("good/workbook-of-opendocument") + ".ods")
