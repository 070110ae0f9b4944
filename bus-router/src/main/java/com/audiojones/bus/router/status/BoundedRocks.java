package com.audiojones.bus.router.status;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/** One cache and one budget of write buffers for all stores of the process. Made by Kafka Streams, by its class name. */
public final class BoundedRocks implements RocksDBConfigSetter {

    private static final long CACHE_BYTES = 48L * 1024 * 1024;
    private static final long WRITE_BUFFER_BYTES = 24L * 1024 * 1024;
    private static final long WRITE_BUFFER_OF_STORE = 4L * 1024 * 1024;

    static {
        RocksDB.loadLibrary();
    }

    /** Write buffers are taken from the cache, so that both together stay below its size. */
    private static final Cache CACHE = new LRUCache(CACHE_BYTES);

    private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);

    /** For Kafka Streams. */
    public BoundedRocks() {}

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(WRITE_BUFFERS);
        options.setWriteBufferSize(WRITE_BUFFER_OF_STORE);
    }

    /** Both belong to all stores and stay. */
    @Override
    public void close(String storeName, Options options) {}
}
