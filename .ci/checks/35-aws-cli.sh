#!/usr/bin/env bash
# minutes: 3
# AWS CLI against the simulated AWS. It is installed where it is absent and this machine lets us.
if ! command -v aws >/dev/null && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  { apt-get update && apt-get install -y awscli; } >/dev/null 2>&1
fi
exec npm run --silent test:aws-cli
