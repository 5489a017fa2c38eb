#!/bin/sh
# One pass over a benchmark's mailbox: a configuration from BENCH_* variables, one poll.
# Ends with a JSON line {"mails", "wall"}: seconds until the last commit of rows and
# outbox facts, the program's start included.
set -eu
cd "$(dirname "$0")/../.."
database=${BENCH_DATABASE:-sqlite:///$BENCH_WORK/hopthu.db}
cat > "$BENCH_WORK/hopthu.toml" <<TOML
database = "$database"
archive = "$BENCH_WORK/archive"
campaign = "config/campaigns/41-kh-qu.toml"
units = "$BENCH_UNITS"
[[mailboxes]]
name = "bench"
kind = "imap"
host = "127.0.0.1"
port = $BENCH_IMAP_PORT
security = "none"
username = "$BENCH_IMAP_USER"
password_file = "$BENCH_WORK/password"
sent_folder = ""
trusted_authserv_id = "mx.google.com"
[smtp]
host = "127.0.0.1"
port = $BENCH_SMTP_PORT
security = "none"
from = "Ban Dân vận <office@example.org>"
per_minute = 100000
per_day = 100000
first_pass = "${BENCH_FIRST_PASS:-hold}"
[workers]
processes = ${BENCH_PROCESSES:-2}
TOML
(umask 077 && printf %s "$BENCH_IMAP_PASSWORD" > "$BENCH_WORK/password")
start=$(date +%s.%N)
.venv/bin/hopthu --config "$BENCH_WORK/hopthu.toml" --now "$BENCH_NOW" poll >"$BENCH_WORK/out" 2>"$BENCH_WORK/err" || [ $? = 1 ]
end=$(date +%s.%N)
echo "{\"mails\": $BENCH_MAILS, \"wall\": $(awk "BEGIN{print $end-$start}")}"
