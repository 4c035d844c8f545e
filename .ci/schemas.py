#!/usr/bin/env python3
"""Validates JSON files against a schema, with a validator that is not ours.

    schemas.py SCHEMA.json FILE.json...
"""

import json
import sys

import jsonschema


def main(schema_path, paths):
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    validator = jsonschema.validators.validator_for(schema)(schema)
    faults = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            errors = list(validator.iter_errors(json.load(file)))
        for error in errors[:20]:
            print(f"{path}: /{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
        faults += len(errors)
        print(f"{path}: {'valid' if not errors else f'{len(errors)} errors'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
