#!/usr/bin/env bash
# minutes: 3
# The policies of the baseline and the guardrails above them, evaluated: every row holds, and without any statement a row fails.
exec npm run --silent prove
