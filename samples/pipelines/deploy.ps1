# Uses what an earlier step handed on.
#Requires -Version 7.4
$ErrorActionPreference = 'Stop'
if (-not $env:DB_PASSWORD) {
    throw 'DB_PASSWORD is not set. On Azure Pipelines the step must map it: env: { DB_PASSWORD: $(DB_PASSWORD) }.'
}

"Deploying as sql_admin, with a password of $($env:DB_PASSWORD.Length) characters."
