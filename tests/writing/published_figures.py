"""What two real bodies published in the sections of their narratives, figure by figure (万元, per cent, counts). Where
the published figure is a known slip, the right one stands here."""

from __future__ import annotations

Figures = dict[str, str]

YEAR_2024: Figures = {
    "overall": "524.30 22.60 4.50%",
    "revenue": "503.88 361.46 71.74% 142.21 28.22% 0.21 0.04% 0 0% 0 0% 0 0%",
    "expenditure": "376.93 183.99 48.81% 192.94 51.19% 0 0% 0 0% 0 0%",
    "fiscal": "369.30 38.14 11.52%",
    "general_overall": "304.21 80.71% 71.24 30.58%",
    "general_structure": "304.21 246.16 80.92% 22.91 7.53% 10 3.29% 25.14 8.26%",
    "general_items": "349.30 304.21 87.09% 0.25 0 113.16 113.16 100% 170 118.62 69.78% 7.84 14.38 183.42% "
    "6.91 6.91 100% 16 16 100% 10 10 100% 15 15 100% 10.14 10.14 100%",
    "basic": "171.21 167.16 97.63% 4.05 2.37%",
    "sangong_overall": "7.29 3.81 52.26% 3.51 1170%",
    "abroad": "7 3.71 53% 3.41 1136.67% 2 2 2.86 0.85",
    "vehicle": "0 0 0 0 0 0 0",
    "reception": "0.29 0.10 34.48% 0 0.10 1 5",
    "agency": "0",
    "general_spending": "13.73 238 0 0",
    "procurement": "64.87 1.22 0 63.65 64.87 100% 64.87 100% 100% 0% 100%",
    "assets": "0 0 0 0 0 0 0 0 0 0",
    "evaluation": "340.05 8 5 197.84 58.18% 0 0 0 0 0 0",
    "results": "340.05 214.86 63.18%",
    "report_body": "8 8 2 3",
    "report_basic": "171.21 167.16 97.63% 4.05 2.37%",
    # Published as 37.74 % and, to make up for it, 10.80 %.
    "report_project": "133.00 66.52 50.02% 5.90 4.44% 46.20 34.74% 14.38 10.81%",
}

YEAR_2020: Figures = {
    "overall": "139.69 176.58 6.14% 21.45 13.83%",
    "revenue": "139.69 73.28 52.46% 58.60 41.95% 7.81 5.59%",
    "expenditure": "176.58 74.98 42.46% 101.60 57.54%",
    "fiscal": "73.28 11.61 13.68%",
    "general_overall": "73.28 41.50% 11.61 13.68% 6.36 5.25",
    # Published as 85.83 %, so that the shares add up to 100.
    "general_structure": "73.28 62.90 85.84% 6.38 8.71% 4.00 5.46%",
    "general_items": "77.81 73.28 94.18% 16.81 19.90 118.38% 50.00 43.00 86.00% 7.00 5.00 4.38 87.60% 0.62 2.00 2.00 100% "
    "4.00 4.00 100%",
    # Published as 27.19; the tables have 30.28.
    "basic": "30.28",
    "sangong": "0 0 0 0 0 0 0 0",
    "agency": "0",
    "general_spending": "9.27",
    "assets": "1 1",
}
