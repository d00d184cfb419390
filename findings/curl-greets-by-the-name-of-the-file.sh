#!/usr/bin/env bash
# A script hands a message to an SMTP server by curl, as its manual shows: curl --url smtp://server --mail-from … --mail-rcpt … -T message.eml
#
# One would guess: curl says EHLO with the name of the machine, as it does where the message comes from standard input.
# Seen: -T puts the file's name behind a URL that names no file, which is for FTP and HTTP; but what stands there in an smtp URL is the name for EHLO.
# So the server is greeted with "EHLO Invoice 4711 Anna Meier.eml": with a blank, or letters beyond ASCII, it is refused by a server that looks at it, so
# that one file is sent and another not; and who is told of in logs and Received fields is the file. With smtp://server/NAME curl says that name.
# Versions: curl 7.88.1 (Debian 12), smtp-server 3.21.6 (npm). Date: 2026-11-30.
# Needs curl, Node.js and npm. Ends with 1 when the behaviour has changed.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm install --silent --no-audit --no-fund smtp-server@3.21.6 >/dev/null
cat > finding.js <<'JS'
const { execFile } = require('node:child_process');
const fs = require('node:fs');
const { SMTPServer } = require('smtp-server');

let name;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(message, session, done) {
    name = session.hostNameAppearsAs;
    message.resume();
    message.on('end', done);
  },
});

/** What the server was greeted with, or how curl ended. */
function sent(file, path) {
  name = undefined;
  const url = `smtp://127.0.0.1:${server.server.address().port}${path}`;
  const words = ['-sS', '-m', '20', '--url', url, '--mail-from', 'a@example.com', '--mail-rcpt', 'b@example.com', '-T', file];
  return new Promise((done) => {
    const curl = execFile('curl', words, (fault) => {
      const heard = fault ? `exit code ${fault.code}` : `EHLO ${name}`;
      console.log(`-T "${file}", smtp://server${path}: ${heard}`);
      done(heard);
    });
    curl.stdin.end(fs.readFileSync('invoice-4711.eml'));
  });
}

server.listen(0, '127.0.0.1', async () => {
  for (const file of ['invoice-4711.eml', 'Invoice 4711 Anna Meier.eml']) {
    fs.writeFileSync(file, 'From: a@example.com\r\nTo: b@example.com\r\nSubject: Invoice\r\n\r\nHere it is.\r\n');
  }
  const plain = await sent('invoice-4711.eml', '');
  const blank = await sent('Invoice 4711 Anna Meier.eml', '');
  const named = await sent('Invoice 4711 Anna Meier.eml', '/app.example.com');
  const input = await sent('-', '');
  const same = plain === 'EHLO invoice-4711.eml' && blank === 'exit code 9' && named === 'EHLO app.example.com'
    && input === `EHLO ${require('node:os').hostname().split('.')[0]}`;
  console.log(same ? 'as seen: the server is greeted with the name of the file' : 'the behaviour has CHANGED');
  server.close(() => process.exit(same ? 0 : 1));
});
JS
curl --version | head -1 | cut -d' ' -f1-2
echo "Node.js $(node --version), smtp-server 3.21.6"
timeout 50 node finding.js
