import { expect, test } from '@jest/globals'
import { isSecretName } from '../../src/runner/secret-name.ts'
import { words } from '../support/words.ts'

const SECRETS = words(`
  OPENAI_API_KEY PGPASSWORD sslpassword AccountKey DB_PASS DBPASS SMTPPASS REQUIREPASS requirepass BASIC_AUTH
  REDIS_AUTH MASTERAUTH _auth _authToken _password JWT USER_JWT COOKIE SESSION SESSION_SECRET PUBLIC_API_PASSWORD
  MAX_DB_PASSWORD NEXT_PUBLIC_APP_SECRET USE_THIS_TOKEN BYPASS_TOKEN
`)
test.each(SECRETS)('%s is the name of a secret', (name) => {
  expect(isSecretName(name)).toBe(true)
})

const OTHERS = words(`
  PUBLIC_KEY NEXT_PUBLIC_POSTHOG_KEY MAX_TOKENS MAX_TOKEN MAX_TOKEN_COUNT TOKEN_URL SECRET_NAME SharedAccessKeyName
  MIN_PASSWORD_LENGTH AUTH_TYPE AUTH_BACKEND AUTHOR OAUTH SESSION_STORE COOKIE_DOMAIN JWT_ALGORITHM COMPASS
  COMPASS_REGION BYPASS_CACHE PASSENGER_APP_ENV TOKENIZERS_PARALLELISM MONKEY STAGE
`)
test.each(OTHERS)('%s is not the name of a secret', (name) => {
  expect(isSecretName(name)).toBe(false)
})
