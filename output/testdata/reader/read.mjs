// Prints, as JSON, what hyparquet reads from the Parquet files named on the command line: for each file its columns (name, physical type, whether null is
// allowed, codec), the sizes of its row groups, and its rows. 64-bit integers are printed as decimal text, because JSON numbers would round them.
import { readFile } from 'node:fs/promises'
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

const exact = (_key, value) => (typeof value === 'bigint' ? value.toString() : value)

async function read(path) {
  const bytes = await readFile(path)
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  const metadata = await parquetMetadataAsync(file)
  const codecs = Object.fromEntries(metadata.row_groups.flatMap(g => g.columns).map(c => [c.meta_data.path_in_schema.join('/'), c.meta_data.codec]))
  return {
    created_by: metadata.created_by,
    columns: metadata.schema.slice(1).map(c => ({ name: c.name, type: c.type, nullable: c.repetition_type === 'OPTIONAL', codec: codecs[c.name] })),
    groups: metadata.row_groups.map(g => g.num_rows),
    rows: await parquetReadObjects({ file, metadata, compressors }),
  }
}

const tables = []
for (const path of process.argv.slice(2)) tables.push(await read(path))
process.stdout.write(JSON.stringify(tables, exact))
