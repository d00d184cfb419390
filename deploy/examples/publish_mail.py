#!/usr/bin/env python3
"""Publishes a mail request to Mailchute by AMQP 1.0 and prints the answer.

Needs Qpid Proton: "apt install python3-qpid-proton" or "pip install python-qpid-proton".

    export MAILCHUTE_USER=billing MAILCHUTE_PASSWORD=...
    publish_mail.py amqps://gateway:5671 ca.pem buyer@fabrikam.com "Your invoice"
    publish_mail.py amqp://127.0.0.1:5672 - buyer@fabrikam.com "Your invoice"    # on the gateway's machine, without TLS

Exit codes: 0 received, 1 refused or no answer.
"""
import json
import os
import sys
import uuid

from proton import Message, SSLDomain
from proton.utils import BlockingConnection


def main(url, authority, recipient, subject):
    tls = SSLDomain(SSLDomain.MODE_CLIENT)
    if url.startswith("amqps:"):
        tls.set_trusted_ca_db(authority)
    tls.set_peer_authentication(SSLDomain.VERIFY_PEER_NAME)
    connection = BlockingConnection(
        url, timeout=30, ssl_domain=tls, allowed_mechs="PLAIN",
        user=os.environ["MAILCHUTE_USER"], password=os.environ["MAILCHUTE_PASSWORD"])
    try:
        answers = connection.create_receiver(None, dynamic=True)  # a temporary queue
        requests = connection.create_sender("mail.requests")
        request = {"to": [recipient], "subject": subject, "text": "Published from Python."}
        requests.send(Message(  # returns when Mailchute has it on disk
            id=str(uuid.uuid4()), body=json.dumps(request), durable=True,
            reply_to=answers.link.remote_source.address))
        answer = answers.receive(timeout=60).body
        answers.accept()
        print(answer)
        return 0 if json.loads(answer)["kind"].lower() == "received" else 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
