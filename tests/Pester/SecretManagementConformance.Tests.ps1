# One table, run against this vault and against Microsoft.PowerShell.SecretStore in one process. Where the two differ the row says what ours does and why;
# a row that says nothing is the same in both.

BeforeDiscovery {
    $credential = 'credential:bob/p'
    $rows = @(
        @{ What = 'text'; Ours = 'text:v' }
        @{ What = 'text with lines'; Ours = "text:a`r`nb" }
        @{ What = 'Unicode'; Ours = 'text:ü €' }
        @{ What = 'SecureString'; Ours = 'text:s' }
        @{ What = 'credential'; Ours = $credential }
        @{ What = 'bytes'; Ours = 'bytes:AAH/' }
        @{ What = 'no bytes'; Ours = 'bytes:' }
        @{ What = 'table'; Ours = "table:bytes=bytes:AQI=;credential=$credential;secure=text:s;text=text:v" }
        @{ What = 'written over'; Ours = 'text:second' }
        @{ What = 'empty text'; Ours = 'EmptySecret'; Why = 'most likely a variable that nobody set' }
        @{ What = 'empty SecureString'; Ours = 'EmptySecret'; Why = 'most likely a variable that nobody set' }
        @{ What = 'credential without password'; Ours = 'credential:bob/' }
        @{ What = 'empty credential'; Ours = 'EmptySecret'; Why = 'a login needs a user name' }
        @{ What = 'empty table'; Ours = 'EmptySecret'; Why = 'SecretStore takes it and loses it' }
        @{ What = 'number'; Ours = 'UnsupportedSecret'; Why = 'our id says what is wrong' }
        @{ What = 'ordered table'; Ours = 'UnsupportedSecret'; Why = 'our id says what is wrong' }
        @{ What = 'number in a table'; Ours = 'UnsupportedSecret'; Why = 'our id says what is wrong' }
        @{ What = 'nested table'; Ours = 'UnsupportedSecret'; Why = 'our id says what is wrong' }
        @{ What = 'another type over a table'; Ours = 'SecretTypeMismatch'; Why = 'an item may hold more than the secret' }
        @{ What = 'a pattern as a name'; Ours = 'text:v'; Why = 'SecretStore refuses it; items of Bitwarden have such names' }
        @{ What = 'a name in other case'; Ours = 'text:v' }
        @{ What = 'a name with a slash'; Ours = 'text:v' }
        @{ What = 'absent'; Ours = 'GetSecretNotFound' }
        @{ What = 'absent, a pattern'; Ours = 'GetSecretNotFound' }
        @{ What = 'listed by pattern'; Ours = 'text with lines' }
        @{ What = 'listed type'; Ours = 'Hashtable'; }
        @{ What = 'NoClobber, there'; Ours = 'SetSecretCommandAlreadyExistsWithNoClobber' }
        @{ What = 'NoClobber, absent'; Ours = 'text:v' }
        @{ What = 'metadata'; Ours = 'ops 3 True' }
        @{ What = 'metadata after a write without'; Ours = 'ops'; Why = 'empty means leave alone: SecretManagement fact 21' }
        @{ What = 'metadata replaced'; Ours = 'new False' }
        @{ What = 'metadata cleared'; Ours = 'False' }
        @{ What = 'metadata flag'; Ours = 'UnsupportedSecret'; Why = 'our id says what is wrong' }
        @{ What = 'metadata of the absent'; Ours = 'ItemNotFound'; Why = 'our id says what is wrong' }
        @{ What = 'removed'; Ours = 'GetSecretNotFound' }
        @{ What = 'removed twice'; Ours = 'ItemNotFound'; Why = 'our id says what is wrong' }
        @{ What = 'removed by pattern'; Ours = 'ItemNotFound'; Why = 'our id says what is wrong' }
        @{ What = 'an id as a new name'; Ours = 'ItemNotFound'; Why = 'an id names an item that is gone, never a new one' }
        @{ What = 'a selector as a new name'; Ours = 'ItemNotFound'; Why = 'a value of an item that is not there' }
    )
    foreach ($row in $rows) { if (-not $row.Why) { $row.Why = '' } }
    $copies = 'text', 'text with lines', 'credential', 'bytes', 'table', 'noted'
}

BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    $hasStore = [bool](Get-Module Microsoft.PowerShell.SecretStore -ListAvailable)
    $server = Start-TestServer
    $run = Invoke-FreshPwsh -Server $server -Arguments @{ HasStore = $hasStore } {
        function Format-Secret($Value) {
            if ($null -eq $Value) { return 'nothing' }
            if ($Value -is [securestring]) { return "text:$([Net.NetworkCredential]::new('', $Value).Password)" }
            if ($Value -is [pscredential]) { return "credential:$($Value.UserName)/$($Value.GetNetworkCredential().Password)" }
            if ($Value -is [byte[]]) { return "bytes:$([Convert]::ToBase64String($Value))" }
            if ($Value -is [hashtable]) { return "table:$(@($Value.Keys | Sort-Object | ForEach-Object { "$_=$(Format-Secret $Value[$_])" }) -join ';')" }
            "$($Value.GetType().Name):$Value"
        }
        # The value, or the id of the first error.
        function Get-Outcome([scriptblock] $Script) {
            Move-ServerClock $server 5
            try { $value = & $Script 2>&1 } catch { $value = $_ }
            $failure = @($value | Where-Object { $_ -is [Management.Automation.ErrorRecord] })[0]
            if ($failure) { ($failure.FullyQualifiedErrorId -split ',')[0] -replace '^.*\.' } else { "$value" }
        }
        function Read-It($Vault, $Name) { $value = Get-Secret $Name -Vault $Vault; if ($? -or $null -ne $value) { Format-Secret $value } }
        function Write-It($Vault, $Name, $Value, [hashtable] $More = @{}) {
            Get-Outcome { Set-Secret -Name $Name -Secret $Value -Vault $Vault @More -ErrorAction Stop; Read-It $Vault $Name }
        }
        function Get-Info($Vault, $Name) { (Get-SecretInfo $Name -Vault $Vault).Metadata }
        $bob = [pscredential]::new('bob', (ConvertTo-TestSecret p))
        $table = @{ text = 'v'; secure = (ConvertTo-TestSecret s); bytes = [byte[]](1, 2); credential = $bob }
        $id = '11111111-2222-3333-4444-555555555555'
        $null = Connect-TestAccount $server -Unlock
        Register-SecretVault Ours -ModuleName $moduleFolder
        $vaults = @('Ours')
        if ($arguments.HasStore) {
            Import-Module Microsoft.PowerShell.SecretStore
            Reset-SecretStore -Scope CurrentUser -Authentication None -Interaction None -Force -WarningAction Ignore
            Register-SecretVault Store -ModuleName Microsoft.PowerShell.SecretStore
            $vaults += 'Store'
        }
        $result = @{}
        foreach ($v in $vaults) {
            $r = $result[$v] = [ordered]@{}
            $r['text'] = Write-It $v 'text' 'v'
            $r['text with lines'] = Write-It $v 'text with lines' "a`r`nb"
            $r['Unicode'] = Write-It $v 'Unicode' 'ü €'
            $r['SecureString'] = Write-It $v 'SecureString' (ConvertTo-TestSecret s)
            $r['credential'] = Write-It $v 'credential' $bob
            $r['bytes'] = Write-It $v 'bytes' ([byte[]](0, 1, 255))
            $r['no bytes'] = Write-It $v 'no bytes' ([byte[]]@())
            $r['table'] = Write-It $v 'table' $table
            $null = Write-It $v 'written over' 'first'
            $r['written over'] = Write-It $v 'written over' 'second'
            $r['empty text'] = Write-It $v 'empty text' ''
            $r['empty SecureString'] = Write-It $v 'empty SecureString' ([securestring]::new())
            $r['credential without password'] = Write-It $v 'credential without password' ([pscredential]::new('bob', [securestring]::new()))
            $r['empty credential'] = Write-It $v 'empty credential' ([pscredential]::Empty)
            $r['empty table'] = Write-It $v 'empty table' @{}
            $r['number'] = Write-It $v 'number' 5
            $r['ordered table'] = Write-It $v 'ordered table' ([ordered]@{ a = 'b' })
            $r['number in a table'] = Write-It $v 'number in a table' @{ a = 1 }
            $r['nested table'] = Write-It $v 'nested table' @{ a = @{ b = 'c' } }
            $r['another type over a table'] = Write-It $v 'table' 'v'
            $r['a pattern as a name'] = Write-It $v 'te*' 'v'
            $r['a name in other case'] = Get-Outcome { Read-It $v 'TEXT' }
            $r['a name with a slash'] = Write-It $v 'a/b' 'v'
            $r['absent'] = Get-Outcome { Read-It $v 'absent' }
            $r['absent, a pattern'] = Get-Outcome { Read-It $v 'abs*' }
            $r['listed by pattern'] = (Get-SecretInfo 'text w*' -Vault $v).Name
            $null = Write-It $v 'another table' $table
            $r['listed type'] = "$((Get-SecretInfo 'another table' -Vault $v).Type)"
            $r['NoClobber, there'] = Write-It $v 'text' 'w' @{ NoClobber = $true }
            $r['NoClobber, absent'] = Write-It $v 'text of NoClobber' 'v' @{ NoClobber = $true }
            $when = [datetime]::new(2026, 5, 6, 7, 8, 9, [DateTimeKind]::Utc)
            $r['metadata'] = Get-Outcome {
                Set-Secret noted -Secret x -Vault $v -Metadata @{ Owner = 'ops'; Count = 3; When = $when } -ErrorAction Stop
                $info = Get-Info $v noted
                "$($info.Owner) $($info.Count) $($info.When.ToUniversalTime() -eq $when)"
            }
            $r['metadata after a write without'] = Get-Outcome { Set-Secret noted -Secret y -Vault $v; (Get-Info $v noted).Owner }
            $r['metadata replaced'] = Get-Outcome {
                Set-SecretInfo noted -Vault $v -Metadata @{ Owner = 'new' } -ErrorAction Stop
                "$((Get-Info $v noted).Owner) $((Get-Info $v noted).ContainsKey('Count'))"
            }
            $r['metadata cleared'] = Get-Outcome { Set-SecretInfo noted -Vault $v -Metadata @{} -ErrorAction Stop
                "$((Get-Info $v noted).ContainsKey('Owner'))" }
            $r['metadata flag'] = Get-Outcome { Set-Secret flagged -Secret x -Vault $v -Metadata @{ a = $true } -ErrorAction Stop }
            $r['metadata of the absent'] = Get-Outcome { Set-SecretInfo absent -Vault $v -Metadata @{ a = 'b' } -ErrorAction Stop }
            $null = Write-It $v 'to go' 'x'
            $r['removed'] = Get-Outcome { Remove-Secret 'to go' -Vault $v -ErrorAction Stop; Read-It $v 'to go' }
            $r['removed twice'] = Get-Outcome { Remove-Secret 'to go' -Vault $v -ErrorAction Stop }
            $r['removed by pattern'] = Get-Outcome { Remove-Secret 'Uni*' -Vault $v -ErrorAction Stop }
            $r['an id as a new name'] = Write-It $v $id 'v'
            $r['a selector as a new name'] = Write-It $v 'nobody#password' 'v'
        }
        $result.Copies = @{}
        if ($arguments.HasStore) {
            $null = Write-It Ours noted x @{ Metadata = @{ Owner = 'ops'; Count = 3 } }
            # There and back, under names of their own.
            Get-SecretInfo -Vault Store | Where-Object Name -NE '' | ForEach-Object { Remove-Secret $_.Name -Vault Store }
            foreach ($name in 'text', 'text with lines', 'credential', 'bytes', 'another table', 'noted') {
                $before = Read-It Ours $name
                $there = Get-Outcome { Get-SecretInfo $name -Vault Ours | Where-Object Name -EQ $name | Set-Secret -Vault Store -ErrorAction Stop
                    Read-It Store $name }
                $null = Get-Outcome { Remove-Secret $name -Vault Ours }
                $back = Get-Outcome { Get-SecretInfo $name -Vault Store | Where-Object Name -EQ $name | Set-Secret -Vault Ours -ErrorAction Stop
                    Read-It Ours $name }
                $result.Copies[$name -replace '^another '] = @{ Before = $before; There = $there; Back = $back; Owner = (Get-Info Ours $name).Owner }
            }
        }
        $result
    } -Seconds 240
    $result = $run.Result
}

AfterAll {
    Stop-TestServer $server
}

Describe 'SecretManagement: conformance' {
    It '<What> is <Ours> <Why>' -ForEach $rows {
        $result.Ours.$What | Should -BeExactly $Ours
        if (-not $hasStore) { Set-ItResult -Skipped -Because 'there is no module Microsoft.PowerShell.SecretStore'; return }
        if ($Why) { $result.Store.$What | Should -Not -Be $Ours -Because 'the row says that they differ' }
        else { $result.Store.$What | Should -BeExactly $Ours -Because 'the row says that they are the same' }
    }

    It '<_> can be copied to SecretStore and back' -ForEach $copies {
        if (-not $hasStore) { Set-ItResult -Skipped -Because 'there is no module Microsoft.PowerShell.SecretStore'; return }
        $copy = $result.Copies.$_
        $copy.Before | Should -Match '^(text|credential|bytes|table):'
        $copy.There | Should -BeExactly $copy.Before
        $copy.Back | Should -BeExactly $copy.Before
        if ($_ -eq 'noted') { $copy.Owner | Should -Be 'ops' }
    }

    It 'nothing is printed' {
        $run.Output | Should -BeNullOrEmpty
        $run.ErrorOutput | Should -BeNullOrEmpty
    }
}
