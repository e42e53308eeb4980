# shellcheck shell=sh
# Faults that check-memory.sh plants, each with the tools and programs that
# have to report it and a pattern of the report. Sourced, not run.

plant "a leak in every certificate" lib/x509/cert.c \
    '/^dt_cert_free/,/^}/s/^\tfree(cert);$//'
finds asan replay 'LeakSanitizer: detected memory leaks'
finds asan matrix 'LeakSanitizer: detected memory leaks'
finds asan demo 'LeakSanitizer: detected memory leaks'
finds valgrind replay 'definitely lost'
finds valgrind matrix 'definitely lost'
finds valgrind demo 'definitely lost'

plant "a certificate used after it was freed" lib/x509/cert.c \
    '/^new_cert/,/^}/s/^\tc = NULL;$//'
finds asan replay 'heap-use-after-free'
finds asan matrix 'heap-use-after-free'
finds asan demo 'heap-use-after-free'
finds valgrind replay 'Invalid read'
finds valgrind matrix 'Invalid read'
finds valgrind demo 'Invalid read'

plant "a read behind the last extension" lib/x509/extension.c \
    '/^dt_extension_get/,/^}/s/i < count;/i <= count;/'
finds asan replay 'heap-buffer-overflow'
finds asan matrix 'heap-buffer-overflow'
finds asan demo 'heap-buffer-overflow'
finds valgrind replay 'Invalid read'
finds valgrind demo 'Invalid read'

plant "a certificate that is not initialised" lib/x509/cert.c \
    '/^new_cert/,/^}/s/^\t\*c = (struct dt_cert){ 0 };$/\tc->flags = 0;/'
finds valgrind replay 'uninitialised value'
finds valgrind matrix 'uninitialised value'
finds valgrind demo 'uninitialised value'

plant "a leak in every second opinion" lib/x509/gnutls_opinion.c \
    's/^\tgnutls_x509_trust_list_deinit(list, 0);$//'
finds asan opinion 'LeakSanitizer: detected memory leaks'
finds valgrind opinion 'definitely lost'

plant "seconds since 1970 in an int" lib/x509/time.c \
    '/^dt_utc_seconds/,/^}/s/return days/return (int)days/'
finds asan replay 'signed integer overflow'

# Both are right by what comes of them: no other tool has anything to find.
plant "a length compared after it wrapped around" lib/base/hash.c \
    '/^dt_hash/,/^}/s/bytes.size >= sizeof(word);/bytes.size - sizeof(word) <= SIZE_MAX \/ 2;/'
finds integer replay 'unsigned integer overflow'
finds integer opinion 'unsigned integer overflow'
finds integer cache 'unsigned integer overflow'
finds integer crl 'unsigned integer overflow'
finds integer swap 'unsigned integer overflow'

plant "a buffer's room compared by a length that wraps around" \
    lib/base/buffer.c \
    '/^dt_buffer_reserve/,/^}/s/buffer->room - buffer->end >= size)/buffer->room - buffer->end - size <= buffer->room)/'
finds integer matrix 'unsigned integer overflow'
finds integer demo 'unsigned integer overflow'
finds integer files 'unsigned integer overflow'
finds integer link 'unsigned integer overflow'
finds integer secure 'unsigned integer overflow'
finds integer store 'unsigned integer overflow'
finds integer reload 'unsigned integer overflow'

plant "a wrong alert" compat/verify_codes.c \
    '/^dicomtls_code_alert/,/^}/s/->alert;$/->alert + 3;/'
finds asan matrix 'alert 46, not 43'
finds valgrind matrix 'alert 46, not 43'
finds asan demo 'not how it should end'

plant "a write behind a block to be sent" lib/net/transport.c \
    's/malloc(sizeof(\*write))/malloc(sizeof(uv_write_t))/'
finds asan demo 'insufficient space for an object'
finds asan link 'insufficient space for an object'
finds asan secure 'insufficient space for an object'
finds valgrind demo 'Invalid write'
finds valgrind link 'Invalid write'
finds valgrind secure 'Invalid write'

plant "a leak in every connection" lib/net/transport_close.c \
    's/^\tfree(transport);$//'
finds asan link 'LeakSanitizer: detected memory leaks'
finds asan secure 'LeakSanitizer: detected memory leaks'
finds valgrind link 'definitely lost'
finds valgrind secure 'definitely lost'

plant "a data set that nobody frees" lib/ltdic/content.c \
    '/^dt_content_unref/,/^}/s/^\tfree(content);$//'
finds asan store 'LeakSanitizer: detected memory leaks'
finds valgrind store 'definitely lost'

plant "a data set read whole where there is room for a fragment" \
    lib/ltdic/content.c \
    '/^dt_content_read/,/^}/s/\*size < left ? \*size : (size_t)left/(size_t)left/'
finds asan store 'heap-buffer-overflow'

plant "a table of handles without its lock" lib/ltdic/handle.c \
    '/^dt_handle_get/,/^}/{/pthread_mutex_/d}'
finds tsan link 'data race'

plant "a callback left without the lock" lib/ltdic/net.c \
    '/^dt_net_leave/,/^}/{/pthread_mutex_/d}'
finds tsan link 'data race'
finds tsan secure 'data race'
finds tsan store 'data race'

plant "a signature cache without its lock" lib/x509/signature_cache.c \
    '/^is_known/,/^}/{/pthread_mutex_/d}'
finds tsan cache 'data race'

plant "a proof that is shown before it is written" lib/x509/crl_proof.c \
    's/__atomic_load_n(&crl->proof, __ATOMIC_ACQUIRE)/crl->proof/'
finds tsan crl 'data race'

plant "a proof that holds for every key" lib/x509/crl_proof.c \
    's/dt_span_equal(dt_span(proof->spki, proof->size), spki)/spki.size > 0/'
finds asan crl 'not what it should be'
finds tsan crl 'not what it should be'

plant "a proof that nobody frees" lib/x509/crl.c \
    '/^dt_crl_free/,/^}/s/^\tfree(crl->proof);$//'
finds asan crl 'LeakSanitizer: detected memory leaks'
finds valgrind crl 'definitely lost'

plant "params that copy a cache without a reference" lib/verify/params.c \
    's/^\tdicomtls_signature_cache_ref(p->signatures);$//'
finds asan cache 'heap-use-after-free'
finds valgrind cache 'Invalid'

plant "a store that is freed without counting whole" lib/verify/store.c \
    '/^dicomtls_store_free/,/^}/s/__atomic_sub_fetch(&store->refs, 1, __ATOMIC_ACQ_REL)/--store->refs/'
finds tsan swap 'data race'

plant "a cache that is freed without counting whole" \
    lib/x509/signature_cache.c \
    '/^dicomtls_signature_cache_free/,/^}/s/__atomic_sub_fetch(&cache->refs, 1, __ATOMIC_ACQ_REL)/--cache->refs/'
finds tsan swap 'data race'

plant "a store that is taken without a reference" lib/verify/store.c \
    '/^dicomtls_store_ref/,/^}/s/__atomic_add_fetch(&store->refs, 1, __ATOMIC_RELAXED);/return store;/'
finds asan swap 'heap-use-after-free'
finds valgrind swap 'Invalid read'

plant "params that share CRLs without a reference" lib/verify/params.c \
    '/^share_crls/,/^}/s/^\t\tdt_crl_ref(from->items\[i\]);$/\t\t;/'
finds asan swap 'heap-use-after-free'

plant "a replaced store whose CRLs nobody frees" lib/verify/store.c \
    's/^\tdt_crl_list_clear(&store->crls.all);$//'
finds asan swap 'LeakSanitizer: detected memory leaks'
finds valgrind swap 'definitely lost'

plant "params that are copied without their CRLs" lib/verify/params.c \
    '/^dicomtls_params_copy/,/^}/s/rc = share_crls(&p->crls, &params->crls);/rc = 0;/'
finds asan swap 'not that of the store it came from'
finds tsan swap 'not that of the store it came from'
finds valgrind swap 'not that of the store it came from'

plant "a context that is shared without a reference" lib/net/tls_setup.c \
    '/^dt_tls_setup_ref/,/^}/s/atomic_fetch_add(&setup->refs, 1);/return setup;/'
finds asan reload 'heap-use-after-free'
finds valgrind reload 'Invalid read'

plant "a context that is exchanged without the lock" lib/ltdic/secure.c \
    '/^take_over/,/^}/{/pthread_mutex_/d}'
finds tsan reload 'data race'

plant "a leak in every session that is remembered" lib/tls/session_cache.c \
    '/^free_entry/,/^}/s/^\tfree(entry);$//'
finds asan resume 'LeakSanitizer: detected memory leaks'
finds valgrind resume 'definitely lost'

plant "a first flight that nobody frees" lib/tls/gnutls_session.c \
    '/^free_session/,/^}/s/^\tdt_buffer_clear(&session->first);$//'
finds asan peers 'LeakSanitizer: detected memory leaks'

plant "a call handed over without the lock" lib/ltdic/tell.c \
    '/^take_first/,/^}/{/pthread_mutex_/d}'
finds tsan breathe 'data race'

plant "a path that nobody frees" tools/outbox.c \
    '/^outbox_clear/,/^}/s/^\t\tfree(outbox->files\[i\].path);$/\t\t;/'
finds asan files 'LeakSanitizer: detected memory leaks'
finds valgrind files 'definitely lost'

plant "a delivery that its connection does not let go" tools/scp_store.c \
    's/^\tdelivery_release(store->delivery);$//'
finds asan files 'LeakSanitizer: detected memory leaks'
finds valgrind files 'definitely lost'

plant "an end that is told without the lock" tools/scu.c \
    '/^scu_finish/,/^}/s/pthread_mutex_[a-z]*(&scu->lock);/;/'
finds tsan files 'data race'

plant "a connection begun without the lock" lib/ltdic/link.c \
    '/^dt_link_start/,/^}/{/pthread_mutex_/d}'
finds tsan threads 'data race'
