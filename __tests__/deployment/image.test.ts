import { describe, expect, test } from '@jest/globals'
import { mayBeSameImage, sameImage } from '../../src/deployment/image.ts'

const A = `sha256:${'0123456789abcdef'.repeat(4)}`
const B = `sha256:${'fedcba9876543210'.repeat(4)}`

describe('sameImage accepts', () => {
  test.each<[string, string, string]>([
    ['the short name from docker', 'nginx', 'docker.io/library/nginx:latest'],
    ['the long name from podman', 'nginx:1.27', 'docker.io/library/nginx:1.27'],
    ['an account of Docker Hub', 'langchain/langgraph-api:3.12', 'docker.io/langchain/langgraph-api:3.12'],
    ['the old name of the index', 'index.docker.io/acme/agent:1', 'acme/agent:1'],
    ['the host name from containerd', 'registry-1.docker.io/acme/agent:1', 'docker.io/acme/agent:1'],
    ['the default tag', 'ghcr.io/acme/agent', 'ghcr.io/acme/agent:latest'],
    ['another case of the host', 'GHCR.io/acme/agent:1', 'ghcr.io/acme/agent:1'],
    ['the port of https', 'registry.example.com:443/agent:1', 'registry.example.com/agent:1'],
    ['a registry with a port', 'localhost:5000/agent', 'localhost:5000/agent:latest'],
    ['a registry without a dot', 'localhost/agent:1', 'localhost/agent:1'],
    ['a tag next to the digest', `ghcr.io/acme/agent:1@${A}`, `ghcr.io/acme/agent@${A}`],
    ['different tags next to the same digest', `ghcr.io/acme/agent:1@${A}`, `ghcr.io/acme/agent:main@${A}`],
    ['another case of the digest', `acme/agent@${A}`, `docker.io/acme/agent@${A.toUpperCase().replace('SHA', 'sha')}`],
    ['the image ID of a Kubernetes pod', `docker-pullable://acme/agent@${A}`, `acme/agent@${A}`],
    ['the transport of podman', 'docker://quay.io/acme/agent:1', 'quay.io/acme/agent:1'],
    ['Artifact Registry', 'europe-docker.pkg.dev/acme/images/agent:1', 'Europe-Docker.pkg.dev/acme/images/agent:1'],
    [
      'ECR',
      '123456789012.dkr.ecr.us-east-1.amazonaws.com/agent:1',
      '123456789012.dkr.ecr.us-east-1.amazonaws.com/agent:1'
    ]
  ])('%s', (_, left, right) => {
    expect(sameImage(left, right)).toBe(true)
    expect(sameImage(right, left)).toBe(true)
  })
})

describe('sameImage rejects', () => {
  test.each<[string, string, string]>([
    ['another tag', 'acme/agent:1', 'acme/agent:2'],
    ['another case of the tag', 'acme/agent:RC1', 'acme/agent:rc1'],
    ['no tag and another tag than latest', 'acme/agent', 'acme/agent:1'],
    ['another digest after the same tag', `acme/agent:1@${A}`, `acme/agent:1@${B}`],
    ['a tag, which can move, and a digest', 'acme/agent:1', `acme/agent:1@${A}`],
    ['another registry', 'ghcr.io/acme/agent:1', 'acme/agent:1'],
    ['another port', 'localhost:5000/agent:1', 'localhost:5001/agent:1'],
    ['another account', 'acme/nginx', 'nginx'],
    ['another name before the same digest', `acme/agent@${A}`, `acme/worker@${A}`],
    ['an account named library on another registry', 'ghcr.io/library/nginx', 'ghcr.io/nginx']
  ])('%s', (_, left, right) => {
    expect(sameImage(left, right)).toBe(false)
    expect(sameImage(right, left)).toBe(false)
  })
})

describe('mayBeSameImage for a sent image and a server that returns', () => {
  test.each([
    ['another spelling', 'acme/agent:1', 'docker.io/acme/agent:1', true],
    ['the tag with the resolved digest', 'acme/agent:1', `acme/agent:1@${A}`, true],
    ['only the tag of a tag and a digest', `acme/agent:1@${A}`, 'acme/agent:1', true],
    ['another tag', 'acme/agent:1', `acme/agent:2@${A}`, false],
    ['another digest', `acme/agent:1@${A}`, `acme/agent:1@${B}`, false],
    ['a tag instead of a digest', `acme/agent@${A}`, 'acme/agent:1', false],
    ['another repository', 'acme/agent:1', `acme/worker:1@${A}`, false]
  ])('%s', (_, sent, returned, expected) => {
    expect([mayBeSameImage(sent, returned), mayBeSameImage(returned, sent)]).toEqual([expected, expected])
  })
})
