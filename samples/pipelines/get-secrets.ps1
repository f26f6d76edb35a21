# Hands what later steps need to them. Set-BwPipelineVariable hides each value in the agent's log first.
# BW_SERVER, BW_CLIENTID, BW_CLIENTSECRET and BW_PASSWORD come from the secret variables of the pipeline.
#Requires -Version 7.4
param(
    # GitLab only: the file that the job lists under artifacts:reports:dotenv.
    [string] $DotEnv
)

$ErrorActionPreference = 'Stop'
Import-Module Bitwarden
$null = Connect-BwApiKey
Unlock-BwVault

# Programs that this script starts have no use for them.
Remove-Item Env:BW_CLIENTSECRET, Env:BW_PASSWORD

$place = $DotEnv ? @{ Path = $DotEnv } : @{}
Set-BwPipelineVariable DB_PASSWORD 'bw://Work/prod-sql#password' @place

Disconnect-BwSession
'DB_PASSWORD is set for later steps.'
