"""Prints what fullbleed makes of each PDF file: the profiles it claims, and what speaks against them."""

import json
import sys

import fullbleed


def main(paths):
    code = 0
    for path in paths:
        try:
            profile = fullbleed.inspect_pdf(path)["profile"]
        except Exception as error:
            print(f"{path}: {error}", file=sys.stderr)
            code = 2
            continue
        claims, blockers = profile["claims"], profile["seed_blockers"]
        print(json.dumps({"file": path, "claims": claims, "blockers": blockers}, ensure_ascii=False))
        if blockers:
            code = max(code, 1)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
