FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production PARTNER_CLOUD_DATA=/var/lib/partner-cloud/data PARTNER_CLOUD_KEYS=/var/lib/partner-cloud/keys
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/config ./config
COPY --from=build /app/docs/proofs ./docs/proofs
RUN mkdir -p /var/lib/partner-cloud && chown node:node /var/lib/partner-cloud
USER node
VOLUME /var/lib/partner-cloud
EXPOSE 3000
# The shell form would swallow SIGTERM, which the service needs in order to stop cleanly.
CMD ["node", "dist/main.js"]
