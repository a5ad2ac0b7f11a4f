#!/usr/bin/env bash
# minutes: 3
# Small sizes, to see that everything still runs; no marks.
exec npm run bench -- --smoke
