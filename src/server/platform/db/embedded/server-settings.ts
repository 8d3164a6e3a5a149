/**
 * PostgreSQL's settings for one small business on one small machine.
 *
 * Given at each start instead of being written into the cluster, so that a newer Goalpost's
 * settings hold for an older one's cluster too.
 */
export function serverSettings(options: { durable: boolean }): Record<string, string> {
  return {
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: '64MB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    effective_cache_size: '512MB',
    huge_pages: 'off',
    jit: 'off',
    // Each of these would otherwise keep processes of its own alive while idle.
    io_method: 'sync',
    max_logical_replication_workers: '0',
    max_wal_size: '256MB',
    min_wal_size: '64MB',
    checkpoint_timeout: '15min',
    wal_compression: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    password_encryption: 'scram-sha-256',
    logging_collector: 'on',
    log_filename: 'postgres-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_rotation_size: '0',
    log_checkpoints: 'off',
    log_file_mode: '0600',
    // A refused statement can hold a person's words; what PostgreSQL says about it is enough.
    log_min_error_statement: 'panic',
    ...(options.durable
      ? {}
      : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_compression: 'off' }),
  };
}
