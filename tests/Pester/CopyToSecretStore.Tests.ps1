# What is in a Bitwarden vault can be copied to SecretStore with SecretManagement's own cmdlets, and reads the same there.

BeforeDiscovery {
    $noStore = -not (Get-Module Microsoft.PowerShell.SecretStore -ListAvailable)
}

BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    $server = Start-TestServer
}

AfterAll {
    Stop-TestServer $server
}

Describe 'SecretManagement: copying to SecretStore' -Skip:$noStore {
    BeforeAll {
        $run = Invoke-FreshPwsh -Server $server -Seconds 120 {
            $null = Connect-TestAccount $server -Unlock
            Import-Module Microsoft.PowerShell.SecretManagement, Microsoft.PowerShell.SecretStore
            Reset-SecretStore -Authentication None -Interaction None -Force -Confirm:$false -WarningAction Ignore
            Register-SecretVault Store -ModuleName Microsoft.PowerShell.SecretStore
            Register-SecretVault Work -ModuleName $moduleFolder
            function ConvertTo-Comparable($Value) {
                if ($Value -is [pscredential]) { "credential $($Value.UserName) $($Value.GetNetworkCredential().Password)" }
                elseif ($Value -is [securestring]) { "secure $([Net.NetworkCredential]::new('', $Value).Password)" }
                elseif ($Value -is [byte[]]) { "bytes $([Convert]::ToBase64String($Value))" }
                else { 'table ' + (($Value.GetEnumerator() | Sort-Object Key | ForEach-Object { "$($_.Key)=$(ConvertTo-Comparable $_.Value)" }) -join ' ') }
            }
            $rows = @(Get-SecretInfo -Vault Work | Where-Object Name -NE org-hidden) + @(Get-SecretInfo 'with attachment#attachment:cert.pfx' -Vault Work)
            $rows | Set-Secret -Vault Store
            $different = foreach ($row in $rows) {
                $ours = ConvertTo-Comparable (Get-Secret -Name $row.Name -Vault Work)
                $theirs = ConvertTo-Comparable (Get-Secret -Name $row.Name -Vault Store)
                if ($ours -cne $theirs) { $row.Name }
            }
            $metadata = (Get-SecretInfo prod-sql -Vault Store).Metadata
            @{
                Rows = $rows.Count; Copied = @(Get-SecretInfo -Vault Store).Count; Different = @($different)
                Types = @($rows.Type | ForEach-Object ToString | Sort-Object -Unique); Folder = $metadata.Folder; HasTotp = $metadata.HasTotp
                Date = $metadata.RevisionDate -is [datetime]; Errors = @($Error | ForEach-Object ToString)
            }
        }
        $result = $run.Result
    }

    It 'SecretManagement fact W12: copies every kind of item, with its metadata' {
        $result.Errors | Should -BeNullOrEmpty
        $result.Copied | Should -Be $result.Rows
        $result.Types | Should -Be 'ByteArray', 'Hashtable', 'PSCredential', 'SecureString'
        $result.Folder | Should -Be 'Work'
        $result.HasTotp | Should -Be 1
        $result.Date | Should -BeTrue
    }

    It 'what was copied reads the same' {
        $result.Different | Should -BeNullOrEmpty
    }
}
