#!/bin/sh
# Makes the clients of ten customers of one provider, puts a key on each, gets their tokens, and rotates one key.
# Usage: portal.sh FOLDER CLIENT-ID, with the table and business.p12 in the folder; the results are written there too.
set -eu
klarert=${KLARERT:-klarert}
cd "$1"

"$klarert" portal setup digdir --client-id "$2" --certificate business.p12 --environment lab
"$klarert" check digdir >admin.txt
"$klarert" portal granted --json >granted.jsonl
"$klarert" apply portal.csv >applied.txt
for number in 01 02 03 04 05 06 07 08 09 10; do
  "$klarert" portal create "kunde-$number" --yes --json >>created.jsonl
  "$klarert" portal key "kunde-$number" --yes --json >>keys.jsonl
done
"$klarert" check --all --match 'kunde-*' --json >checks.jsonl
"$klarert" portal key kunde-01 --rotate --yes --json >rotated.jsonl
"$klarert" token kunde-01 >token.txt
"$klarert" portal clients --json >clients.jsonl
