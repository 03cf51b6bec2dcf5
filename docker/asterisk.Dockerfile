# Asterisk 22 from Debian, with the sample PBX of dialplan/.
FROM debian:sid-slim
RUN apt-get update \
 && apt-get install --yes --no-install-recommends asterisk asterisk-core-sounds-en \
 && rm -rf /var/lib/apt/lists/*
COPY config/asterisk/ari.conf config/asterisk/http.conf config/asterisk/manager.conf config/asterisk/features.conf /etc/asterisk/
COPY docker/asterisk/pjsip.conf docker/asterisk/queues.conf /etc/asterisk/
COPY dialplan/extensions-sample.conf /etc/asterisk/extensions.conf
COPY dialplan/callwarden.conf /etc/asterisk/callwarden.conf
STOPSIGNAL SIGTERM
ENTRYPOINT ["asterisk", "-f", "-p"]
