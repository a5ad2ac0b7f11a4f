#!/usr/bin/env bash
# minutes: 3
# Ten thousand random changes of a log, each found by the verification, with the first bad position.
exec npm run --silent test:audit
