#!/usr/bin/env bash
# minutes: 2
# A demo from nothing to working credentials, which leaves nothing behind.
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
PARTNER_CLOUD_DATA="$data/data" PARTNER_CLOUD_KEYS="$data/keys" npm run demo -- --once
