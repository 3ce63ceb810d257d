"""Judges documents by JSON Schemas: schema_check.py JOBS

JOBS has a JSON object on each line: {"schema": path, "file": path} for YAML, {"schema": path, "document": value} for what
was read already. Prints a line for each: nothing where it is valid, else what is wrong first.
"""

import json
import sys

from jsonschema import Draft7Validator
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

CORE = "tag:yaml.org,2002:"


def scalar(node):
    """A scalar as the core schema of YAML 1.2 has it: dates are texts."""
    if node.style is not None or not node.tag.startswith(CORE):
        return node.value
    kind = node.tag[len(CORE) :]
    try:
        if kind == "int":
            return int(node.value, 0) if node.value[:2] in ("0x", "0o") else int(node.value)
        if kind == "float":
            return float(node.value)
    except ValueError:
        return node.value
    return {"null": None, "bool": node.value.lower() == "true"}.get(kind, node.value)


def value(node):
    if isinstance(node, ScalarNode):
        return scalar(node)
    if isinstance(node, SequenceNode):
        return [value(item) for item in node.value]
    assert isinstance(node, MappingNode)
    return {key.value: value(item) for key, item in node.value}


def read(path):
    with open(path, "rb") as file:
        return value(YAML(pure=True).compose(file))


def validator(path, known={}):
    if path not in known:
        with open(path, encoding="utf-8") as file:
            schema = json.load(file)
        Draft7Validator.check_schema(schema)
        known[path] = Draft7Validator(schema)
    return known[path]


def judge(job):
    document = job["document"] if "document" in job else read(job["file"])
    error = next(validator(job["schema"]).iter_errors(document), None)
    return "" if error is None else f"/{'/'.join(map(str, error.absolute_path))}: {error.message}"


with open(sys.argv[1], encoding="utf-8") as jobs:
    for job in jobs:
        print(judge(json.loads(job)).replace("\n", " ")[:300])
