# One file for the three services: docker build --build-arg SERVICE=sync (or store, or client) .
# JARS=prebuilt takes the jars that ./mvnw package left in target/ instead of building them here.
ARG JARS=build

FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/m2 \
    mvn -q -B -ntp -Dmaven.repo.local=/m2 -pl store-service,sync-service,client-service -am -Dmaven.test.skip=true -Dspotless.check.skip=true package \
    && mkdir /jars && cp *-service/target/*-exec.jar /jars/

FROM eclipse-temurin:25-jre AS prebuilt
COPY store-service/target/*-exec.jar sync-service/target/*-exec.jar client-service/target/*-exec.jar /jars/

FROM ${JARS} AS jars

# Unpacked in layers: libraries change seldom, our classes often.
FROM eclipse-temurin:25-jre AS unpacked
COPY --from=jars /jars/ /jars/
RUN for service in store sync client; do \
      java -Djarmode=tools -jar /jars/$service-service-*-exec.jar extract --layers --application-filename app.jar --destination /layers/$service \
      && mkdir -p /opt/ringstore/$service && cp -a /layers/$service/*/. /opt/ringstore/$service/ || exit 1; \
    done

# A small cluster serves real requests once, here, so that every container starts from what it learned.
FROM unpacked AS trained
COPY launcher/train launcher/jvm.options /opt/ringstore/
RUN bash /opt/ringstore/train /opt/ringstore /tmp/training && rm -rf /tmp/training

FROM eclipse-temurin:25-jre
ARG SERVICE
# A number of its own, the same in each image: they share a volume, and Kubernetes wants to see that it is not root's.
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin ringstore \
    && mkdir -p /var/lib/ringstore /run/ringstore && chown ringstore: /var/lib/ringstore /run/ringstore
WORKDIR /opt/ringstore/${SERVICE}
COPY --from=unpacked /layers/${SERVICE}/dependencies/ ./
COPY --from=unpacked /layers/${SERVICE}/application/ ./
COPY --from=trained /opt/ringstore/${SERVICE}/app.aot ./
COPY launcher/jvm.options launcher/container.options launcher/container.security /opt/ringstore/
COPY --chmod=755 launcher/healthy /usr/local/bin/healthy
USER 10001
ENV SERVER_PORT=8080 RINGSTORE_STORE_DATA=/var/lib/ringstore
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=4s --start-period=90s --retries=3 CMD ["healthy"]
# No shell in between: the JVM gets the signals itself.
ENTRYPOINT ["java", "@/opt/ringstore/jvm.options", "@/opt/ringstore/container.options", "-XX:AOTCache=app.aot", "-jar", "app.jar"]
