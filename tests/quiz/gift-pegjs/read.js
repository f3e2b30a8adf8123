const parser = require('./gift-parser.js')
const text = require('fs').readFileSync(0, 'utf8')
process.stdout.write(JSON.stringify(parser.parse(text)))
