#!/usr/bin/env bash
# minutes: 5
# The very line that the README prints, so that the README cannot lie.
readme_line=$(grep -m1 -x 'npm ci && npm test' README.md) || exit 1
exec bash -c "$readme_line"
