"""Swift's proxy, account, container and object server in one process, on loopback, with one device in a folder.

Its S3 face listens at the port that is given; the others take free ones. Says "ready" when it can be asked, and ends
when its standard input does, so that it never outlives who started it.
"""
import logging
import os
import sys

import eventlet
import eventlet.wsgi

eventlet.patcher.monkey_patch()

from swift.common import utils  # noqa: E402
from swift.common.ring import RingBuilder  # noqa: E402
from swift.common.wsgi import loadapp  # noqa: E402

folder, port, memcached, user, secret = sys.argv[1:]
utils.HASH_PATH_PREFIX = b'goalpost'
utils.HASH_PATH_SUFFIX = b'tests'
logging.disable(logging.CRITICAL)

listening = {'proxy': eventlet.listen(('127.0.0.1', int(port)))}
for kind in ('account', 'container', 'object'):
    listening[kind] = eventlet.listen(('127.0.0.1', 0))
    builder = RingBuilder(2, 1, 0)
    builder.add_dev({
        'id': 0, 'region': 1, 'zone': 1, 'weight': 1.0, 'device': 'd1', 'meta': '',
        'ip': '127.0.0.1', 'port': listening[kind].getsockname()[1],
        'replication_ip': '127.0.0.1', 'replication_port': listening[kind].getsockname()[1],
    })
    builder.rebalance()
    builder.get_ring().save(os.path.join(folder, kind + '.ring.gz'))
os.makedirs(os.path.join(folder, 'devices', 'd1'), exist_ok=True)

common = """[DEFAULT]
bind_ip = 127.0.0.1
swift_dir = {folder}
devices = {folder}/devices
mount_check = false
workers = 0
fallocate_reserve = 0
disable_fallocate = true
log_address = /dev/null
"""
configs = {
    'proxy': common + """
[pipeline:main]
pipeline = catch_errors gatekeeper cache s3api tempauth slo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
allow_account_management = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:gatekeeper]
use = egg:swift#gatekeeper
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:{memcached}
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
auth_pipeline_check = no
[filter:tempauth]
use = egg:swift#tempauth
user_{user} = {secret} .admin
[filter:slo]
use = egg:swift#slo
"""}
for kind in ('account', 'container', 'object'):
    configs[kind] = common + """
[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
""".replace('{kind}', kind)

quiet = logging.getLogger('quiet')
servers = []
for kind in ('account', 'container', 'object', 'proxy'):
    path = os.path.join(folder, kind + '.conf')
    with open(path, 'w') as file:
        file.write(configs[kind].format(folder=folder, memcached=memcached, user=user, secret=secret))
    app = loadapp(path, global_conf={'log_name': kind})
    servers.append(eventlet.spawn(eventlet.wsgi.server, listening[kind], app, log=quiet, log_output=False))

print('ready', flush=True)
eventlet.tpool.execute(sys.stdin.read)
