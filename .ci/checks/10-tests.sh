#!/usr/bin/env bash
# minutes: 8
# The very line that the README prints, so that the README cannot lie: five minutes for the tests, three for the install.
readme_line=$(grep -m1 -x 'npm ci && npm test' README.md) || exit 1
exec bash -c "$readme_line"
