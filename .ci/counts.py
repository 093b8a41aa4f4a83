#!/usr/bin/env python3
"""Adds up the test reports of all modules. A skipped test is a failure here: CI has every peer installed."""
import glob
import sys
import xml.etree.ElementTree as ET

passed = failed = skipped = 0
for report in sorted(glob.glob("**/target/surefire-reports/TEST-*.xml", recursive=True)):
    suite = ET.parse(report).getroot()
    for case in suite.iter("testcase"):
        name = f'{case.get("classname")}.{case.get("name")}'
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
            print("FAILED ", name)
        elif case.find("skipped") is not None:
            skipped += 1
            print("SKIPPED", name, "-", case.find("skipped").get("message", ""))
        else:
            passed += 1
print(f"{passed} passed, {failed} failed, {skipped} skipped")
sys.exit(1 if failed or skipped or not passed else 0)
