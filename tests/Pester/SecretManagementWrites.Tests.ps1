# What Remove-Secret and Set-SecretInfo do, what no write may lose, notes of SecretManagement.Warden, and writers that meet. Facts are those of
# docs/secretmanagement.md. One child process for the many cases, since each costs seconds.

BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    $server = Start-TestServer
    $run = Invoke-FreshPwsh -Server $server {
        function Get-Problem([scriptblock] $Script) {
            $terminated = $false
            $output = try { & $Script *>&1 } catch { $terminated = $true; $_ }
            $errors = @($output | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
            @{
                Ids = @($errors | ForEach-Object { ($_.FullyQualifiedErrorId -split ',')[0] }); Messages = @($errors | ForEach-Object ToString)
                Inner = @($errors | ForEach-Object { $_.Exception.Data['ErrorId'] }); Terminated = $terminated
            }
        }
        function Step([scriptblock] $Script) { Move-ServerClock $server 5; Get-Problem $Script }
        # The item as the server has it.
        function Get-Stored($Name) {
            if (-not $script:headers) {
                $account = Get-TestAccount $server
                $form = @{ grant_type = 'client_credentials'; scope = 'api'; client_id = $account.clientId; client_secret = $account.clientSecret
                    deviceType = 8; deviceIdentifier = [guid]::NewGuid(); deviceName = 'test' }
                $version = @{ 'Bitwarden-Client-Version' = '2026.9.0' }
                $token = Invoke-RestMethod "$($server.Url)/identity/connect/token" -Method Post -Body $form -Headers $version
                $script:headers = $version + @{ Authorization = "Bearer $($token.access_token)" }
            }
            (Invoke-WebRequest "$($server.Url)/api/ciphers/$((Get-BwItem $Name).Id)/details" -Headers $script:headers -UseBasicParsing).Content |
                ConvertFrom-Json -AsHashtable
        }
        # The members that differ, as paths.
        function Compare-Member($Before, $After, $Path = '') {
            foreach ($key in @($Before.Keys) + @($After.Keys) | Sort-Object -Unique | Where-Object { "$Path$_" -notin 'data', 'revisionDate' }) {
                $old = $Before[$key]; $new = $After[$key]
                if ($old -is [Collections.IDictionary] -and $new -is [Collections.IDictionary]) { Compare-Member $old $new "$Path$key." }
                elseif ((ConvertTo-Json $old -Depth 9 -Compress) -cne (ConvertTo-Json $new -Depth 9 -Compress)) { "$Path$key" }
            }
        }
        function Get-Change($Name, [scriptblock] $Script, $Later = $Name) {
            $before = Get-Stored $Name
            $problem = Step $Script
            @{ Members = @(Compare-Member $before (Get-Stored $Later)); Problem = $problem }
        }
        function Get-Info($Name) { (Get-SecretInfo $Name -Vault Work | Where-Object Name -EQ $Name).Metadata }

        $null = Connect-TestAccount $server -Unlock
        Register-SecretVault Work -ModuleName $moduleFolder
        $result = @{}

        # What a person made.
        $item = Get-BwItem prod-sql
        $null = Invoke-TestServer $server POST "/accounts/pbkdf2@example.org/items/$($item.Id)/unknown-members" @{ newest = @{ of = 'a newer server' } }
        Sync-BwVault -Force
        $null = New-BwItem 'a person''s note' -Note -Field @{ port = '1433'; pin = (ConvertTo-TestSecret 77) }
        $result.Kept = @{
            Password  = Get-Change prod-sql { Set-Secret prod-sql -Secret second -Vault Work }
            Username  = Get-Change prod-sql { Set-Secret prod-sql#username -Secret someone -Vault Work }
            Field     = Get-Change prod-sql { Set-Secret prod-sql#field:environment -Secret test -Vault Work }
            Info      = Get-Change prod-sql { Set-SecretInfo prod-sql -Metadata @{ Owner = 'ops' } -Vault Work }
            InfoGone  = Get-Change prod-sql { Set-SecretInfo prod-sql -Metadata @{} -Vault Work }
            RemoveOne = Get-Change prod-sql { Remove-Secret prod-sql#field:environment -Vault Work }
            Card      = Get-Change 'company card' { Set-Secret 'company card' -Secret @{ code = '999' } -Vault Work }
            Merge     = Get-Change "a person's note" { Set-Secret "a person's note" -Secret @{ PORT = '1434'; user = 'u' } -Vault Work }
        }
        $result.Merged = @((Get-BwItem "a person's note").Fields | ForEach-Object { "$($_.Name) $($_.Type) $($_.Value.RevealText())" })
        $null = Step { Set-Secret "a person's note" -Secret @{ other = 'o' } -Vault Work }
        $result.MergedAgain = @((Get-BwItem "a person's note").Fields.Name)
        # A person edits what we wrote.
        $null = Step { Set-Secret ours -Secret @{ user = 'u'; raw = [byte[]](1, 2) } -Vault Work }
        $null = Step { Set-BwItem ours -Notes 'a remark' -Field @{ user = (ConvertTo-TestSecret edited); added = 'by hand' } }
        $edited = Get-Secret ours -Vault Work -AsPlainText
        $result.Edited = @($edited.Keys | Sort-Object | ForEach-Object { "$_=$($edited[$_])" })
        $null = Step { Set-Secret ours -Secret @{ fresh = 'f' } -Vault Work }
        $result.EditedAgain = @((Get-BwItem ours).Fields.Name | Sort-Object)
        $result.Remark = (Get-BwItem ours).Notes.RevealText()
        $null = Step { Set-Secret bytes -Secret ([byte[]](1, 2, 3)) -Vault Work }
        $null = Step { Set-BwItem bytes -Notes "BAUG`r`n" }
        $result.EditedBytes = (Get-Secret bytes -Vault Work) -join ' '
        $null = Step { Set-BwItem bytes -Notes 'not base64!' }
        $result.BrokenBytes = Get-Problem { Get-Secret bytes -Vault Work }

        # Metadata.
        $when = [datetime]::new(2026, 5, 6, 7, 8, 9, 10, [DateTimeKind]::Utc)
        $result.SetWith = Step { Set-Secret noted -Secret x -Vault Work -Metadata @{ Owner = 'ops ü'; Count = -3; Expires = $when; Folder = 'Work'
            Favorite = $true
                Uris = 'https://a.example/, https://b.example/'; Notes = 'a note'; Empty = ''; Id = 'ignored'; HasTotp = 1 } }
        $noted = Get-BwItem noted
        $result.Noted = @{ Folder = $noted.Folder; Favorite = $noted.Favorite; Uris = @($noted.Uris); Notes = $noted.Notes.RevealText() }
        $info = Get-Info noted
        $result.Info = @{ Owner = $info.Owner; Count = "$($info.Count.GetType().Name) $($info.Count)"
            Expires = "$($info.Expires -eq $when) $($info.Expires.Kind)"
            Empty = "[$($info.Empty)]"; Id = $info.Id; Fields = $info.Fields; HasNotes = $info.ContainsKey('Notes') }
        $null = Step { Set-Secret noted -Secret y -Vault Work }
        $result.Untouched = (Get-Info noted).Owner
        $result.Replace = Step { Set-SecretInfo noted -Vault Work -Metadata @{ Count = 4 } }
        $info = Get-Info noted
        $result.Replaced = "$($info.Count) $($info.ContainsKey('Owner')) $($info.ContainsKey('Expires')) $($info.Folder)"
        $result.Clear = Step { Set-SecretInfo noted -Vault Work -Metadata @{} }
        $result.Cleared = "$((Get-Info noted).ContainsKey('Count')) $(@((Get-BwItem noted).Fields).Count) $((Get-BwItem noted).Folder)"
        $result.RoundInfo = Get-Change prod-sql { $row = Get-SecretInfo prod-sql -Vault Work | Where-Object Name -EQ prod-sql
            Set-SecretInfo prod-sql -Vault Work -Metadata ([hashtable]$row.Metadata) }
        foreach ($case in @(@{ Name = 'nobody' }, @{ Name = 'duplicate' }, @{ Name = 'trashed' })) {
            $result["Info $($case.Name)"] = Step { Set-SecretInfo $case.Name -Vault Work -Metadata @{ a = 'b' } }
        }

        # Removing.
        foreach ($name in 'gone', 'go*', 'with parts') { $null = Step { Set-Secret $name -Secret x -Vault Work } }
        $result.RemovePattern = Step { Remove-Secret 'go*' -Vault Work }
        $result.AfterPattern = "$(@(Get-BwItem -Trash).Name -contains 'go*') $(@(Get-BwItem | Where-Object Name -EQ gone).Count)"
        $result.Remove = Step { Remove-Secret gone -Vault Work }
        $result.InTrash = @(Get-BwItem -Trash).Name -contains 'gone'
        $result.ReadRemoved = @(Get-Secret gone -Vault Work -ErrorAction SilentlyContinue).Count
        foreach ($name in 'gone', 'nobody', 'duplicate', '?one', 'nobody#field:x', 'prod-sql#password', 'prod-sql#username',
            'prod-sql#field:nothing', 'prod-sql#attachment:no.bin',
            'prod-sql#powershell', 'ours#field:powershell', 'prod-sql#uri') {
            $result["Remove $name"] = Step { Remove-Secret $name -Vault Work }
        }
        $null = Step { Set-Secret 'with parts#attachment:f.bin' -Secret ([byte[]](1, 2)) -Vault Work }
        $result.RemoveFile = Step { Remove-Secret 'with parts#attachment:f.bin' -Vault Work }
        $result.Files = @((Get-BwItem 'with parts').Attachments).Count
        $null = Step { Set-Secret pair -Secret @{ cred = [pscredential]::new('u', (ConvertTo-TestSecret p)); b = 'c' } -Vault Work }
        $result.RemoveKey = Step { Remove-Secret pair#field:cred -Vault Work }
        $result.MarkerRows = foreach ($name in 'pair#powershell', 'pair#FIELD:PowerShell', 'pair#nope') { ,@((Get-SecretInfo $name -Vault Work).Name) }
        $result.MarkerRead = Step { Get-Secret 'pair#powershell' -Vault Work }
        $result.PairLeft = @((Get-BwItem pair).Fields | ForEach-Object { "$($_.Name)=$($_.Value.RevealText())" })
        $result.StillThere = @(Get-BwItem | Where-Object Name -In prod-sql, ours, 'with parts').Count

        # Notes of SecretManagement.Warden.
        $prefix = 'PowerShellObjectRepresentation:'
        $hex = [Convert]::ToHexString([Text.Encoding]::Unicode.GetBytes('s3ü')).ToLowerInvariant()
        $xml = "<Objs Version=`"1.1.0.1`" xmlns=`"http://schemas.microsoft.com/powershell/2004/04`"><Obj RefId=`"0`"><TN RefId=`"0`">" +
            "<T>System.Collections.Hashtable</T></TN><DCT>" +
            "<En><S N=`"Key`">user</S><S N=`"Value`">a_x000A_b &amp; c</S></En><En><S N=`"Key`">n</S><I32 N=`"Value`">5</I32></En>" +
            "<En><S N=`"Key`">pass</S><SS N=`"Value`">$hex</SS></En></DCT></Obj></Objs>"
        $notes = @{
            'w json'   = "$prefix JSON`n{ `"user`": `"a\nb`", `"n`": 5, `"flag`": true, `"deep`": { `"x`": [1, 2] } }"
            'w crlf'   = "$prefix JSON`r`n{ `"user`": `"a`" }"
            'w xml'    = "$prefix CliXml`n$xml"
            'w list'   = "$prefix JSON`n[1, 2]"
            'w broken' = "$prefix JSON`n{ `"user`": "
            'w twice'  = "$prefix JSON`n{ `"a`": 1, `"A`": 2 }"
            'w nested' = "$prefix CliXml`n$($xml -replace '<I32 N="Value">5</I32>', '<Obj N="Value" RefId="1"><LST><S>x</S></LST></Obj>')"
            'w dpapi'  = "$prefix CliXml`n$($xml -replace $hex, '01000000d08c9ddf0115d1118c7a00c04fc297eb')"
            'w dtd'    = "$prefix CliXml`n<!DOCTYPE x [<!ENTITY e SYSTEM `"file:///etc/passwd`">]>$xml"
        }
        $result.Warden = @{}
        foreach ($name in $notes.Keys) {
            $null = New-BwItem $name -Note -Notes $notes[$name]
            $value = Get-Secret $name -Vault Work -AsPlainText
            $result.Warden[$name] = if ($value -isnot [hashtable]) { 'text' } else {
                @($value.Keys | Sort-Object | ForEach-Object { "$_=$($value[$_])" }) -join ';'
            }
        }
        $result.WardenWrite = Step { Set-Secret 'w json' -Secret @{ user = 'c "d"\'; n = '6'; deep = '{"x":[3]}'; flag = 'maybe' } -Vault Work }
        $result.WardenNotes = (Get-BwItem 'w json').Notes.RevealText()
        $result.WardenXml = Step { Set-Secret 'w xml' -Secret @{ user = 'new' } -Vault Work }
        $result.WardenXmlNotes = (Get-BwItem 'w xml').Notes.RevealText()
        $result.WardenBytes = Step { Set-Secret 'w xml' -Secret @{ user = [byte[]](1, 2) } -Vault Work }

        # Somebody else was quicker.
        $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/items' @{ name = 'theirs'; username = 'u'; password = 'p' }
        $result.Appeared = Step { Set-Secret theirs -Secret 'Leaky-1' -Vault Work }
        $result.AppearedAgain = Step { Set-Secret theirs -Secret 'known now' -Vault Work }
        $null = Invoke-RestMethod "$($server.Url)/api/ciphers/$((Get-BwItem theirs).Id)/delete" -Method Put -Headers $script:headers
        $result.Went = Step { Set-Secret theirs -Secret 'Leaky-1' -Vault Work }
        # Where a registration does not reach.
        Register-SecretVault Closed -ModuleName $moduleFolder -VaultParameters @{ ReadOnly = $true }
        Register-SecretVault Boxed -ModuleName $moduleFolder -VaultParameters @{ Folder = 'Work' }
        Clear-ServerRequest $server
        $result.Closed = @(
            Get-Problem { Set-Secret noted -Secret 'Leaky-1' -Vault Closed }
            Get-Problem { Set-SecretInfo noted -Metadata @{ a = 'b' } -Vault Closed }
            Get-Problem { Remove-Secret noted -Vault Closed }
        ).Ids
        $result.ClosedRequests = @(Get-ServerRequest $server).Count
        $result.Boxed = Step { Set-Secret 'made in a box' -Secret x -Vault Boxed }
        $result.BoxedFolder = (Get-BwItem 'made in a box').Folder
        $result.BoxedOut = @(
            Step { Set-Secret 'box 2' -Secret 'Leaky-1' -Vault Boxed -Metadata @{ Folder = 'Private' } }
            Step { Set-Secret 'Private/box 3' -Secret 'Leaky-1' -Vault Boxed }
            Step { Set-SecretInfo 'made in a box' -Vault Boxed -Metadata @{ Folder = 'Private' } }
        ).Ids
        $result.BoxedAway = Step { Remove-Secret token-only -Vault Boxed }
        # What somebody else wrote into the field.
        $result.Forged = @{}
        foreach ($text in '{"type":"PSCredential"}', '{"type":"SecureString","own":[1]}', '[]', 'not JSON', '{"keys":{"a":7}}', '{"type":5}') {
            $null = Step { New-BwItem "forged $text" -Note -Notes 'words' -Field @{ powershell = $text } }
            $value = Get-Secret "forged $text" -Vault Work -AsPlainText
            $result.Forged[$text] = "$value"
        }
        $result.Locked = @{}
        Get-BwSession -All | Lock-BwVault
        $result.Locked.Set = Get-Problem { Set-Secret noted -Secret 'Leaky-1' -Vault Work }
        $result.Locked.Info = Get-Problem { Set-SecretInfo noted -Metadata @{ a = 'b' } -Vault Work }
        $result.Locked.Remove = Get-Problem { Remove-Secret noted -Vault Work }
        Get-BwSession -All | Disconnect-BwSession
        $result.Locked.Disconnected = Get-Problem { Set-Secret noted -Secret 'Leaky-1' -Vault Work }
        $result.Unregister = Get-Problem { Unregister-SecretVault Work }
        $result.Vaults = @(Get-SecretVault Work -ErrorAction Ignore).Count
        $result
    } -Seconds 240
    $result = $run.Result
}

AfterAll {
    Stop-TestServer $server
}

Describe 'SecretManagement writes: what a person made' {
    It '<What> changes <Members> and nothing else' -TestCases @(
        @{ What = 'Password'; Members = 'login.password', 'login.passwordRevisionDate', 'passwordHistory' }
        @{ What = 'Username'; Members = , 'login.username' }
        @{ What = 'Field'; Members = , 'fields' }
        @{ What = 'Info'; Members = , 'fields' }
        @{ What = 'InfoGone'; Members = , 'fields' }
        @{ What = 'RemoveOne'; Members = , 'fields' }
        @{ What = 'Card'; Members = , 'card.code' }
        @{ What = 'Merge'; Members = , 'fields' }
    ) {
        $result.Kept.$What.Problem.Messages | Should -BeNullOrEmpty
        $result.Kept.$What.Members | Should -Be $Members
    }

    It 'a note without notes is merged with: its fields keep names and kinds' {
        $result.Merged | Should -Contain 'port Text 1434'
        $result.Merged | Should -Contain 'pin Hidden 77'
        $result.Merged | Should -Contain 'user Hidden u'
        $result.MergedAgain | Sort-Object | Should -Be 'other', 'pin', 'port', 'powershell'
    }

    It 'what a person edits in a table is in it, and what they added stays' {
        $result.Edited | Should -Be 'added=by hand', 'raw=1 2', 'user=edited'
        $result.EditedAgain | Should -Be 'added', 'fresh', 'powershell'
        $result.Remark | Should -Be 'a remark'
    }

    It 'bytes may be edited as base64; anything else is an error, never other bytes' {
        $result.EditedBytes | Should -Be '4 5 6'
        $result.BrokenBytes.Inner | Should -Be 'SecretTypeMismatch'
    }
}

Describe 'SecretManagement writes: metadata' {
    It 'SecretManagement fact 21: -Metadata sets what the item has, and notes the rest' {
        $result.SetWith.Messages | Should -BeNullOrEmpty
        $result.Noted.Folder | Should -Be 'Work'
        $result.Noted.Favorite | Should -BeTrue
        $result.Noted.Uris | Should -Be 'https://a.example/', 'https://b.example/'
        $result.Noted.Notes | Should -Be 'a note'
    }

    It 'SecretManagement fact W6: text, int and DateTime come back as they were; what we say of an item is ignored' {
        $result.Info.Owner | Should -BeExactly 'ops ü'
        $result.Info.Count | Should -Be 'Int32 -3'
        $result.Info.Expires | Should -Be 'True Utc'
        $result.Info.Empty | Should -Be '[]'
        $result.Info.Id | Should -Not -Be 'ignored'
        $result.Info.Fields | Should -BeNullOrEmpty
        $result.Info.HasNotes | Should -BeFalse
    }

    It 'SecretManagement fact 21: Set-Secret without -Metadata leaves it alone' {
        $result.Untouched | Should -BeExactly 'ops ü'
    }

    It 'SecretManagement fact W7: Set-SecretInfo replaces what was noted, an empty table clears it' {
        $result.Replace.Messages + $result.Clear.Messages | Should -BeNullOrEmpty
        $result.Replaced | Should -Be '4 False False Work'
        $result.Cleared | Should -Be 'False 0 Work'
    }

    It 'the metadata of an item, given back to it, change nothing' {
        $result.RoundInfo.Problem.Messages | Should -BeNullOrEmpty
        $result.RoundInfo.Members | Should -BeNullOrEmpty
    }

    It 'SecretManagement fact W7: <Name> is <Id>' -TestCases @(
        @{ Name = 'nobody'; Id = 'ItemNotFound' }
        @{ Name = 'duplicate'; Id = 'AmbiguousName' }
        @{ Name = 'trashed'; Id = 'ItemNotFound' }
    ) {
        $result."Info $Name".Ids | Should -Be $Id
    }
}

Describe 'SecretManagement writes: Remove-Secret' {
    It 'moves to the trash' {
        $result.Remove.Messages | Should -BeNullOrEmpty
        $result.InTrash | Should -BeTrue
        $result.ReadRemoved | Should -Be 0
    }

    It 'SecretManagement fact W5: wildcards are literal' {
        $result.RemovePattern.Messages | Should -BeNullOrEmpty
        $result.AfterPattern | Should -Be 'True 1'
    }

    It 'SecretManagement fact W8: <Name> is <Id>, and the item stays' -TestCases @(
        @{ Name = 'gone'; Id = 'ItemNotFound' }
        @{ Name = 'nobody'; Id = 'ItemNotFound' }
        @{ Name = '?one'; Id = 'ItemNotFound' }
        @{ Name = 'nobody#field:x'; Id = 'ItemNotFound' }
        @{ Name = 'duplicate'; Id = 'AmbiguousName' }
        @{ Name = 'prod-sql#password'; Id = 'UnsupportedSecret' }
        @{ Name = 'prod-sql#username'; Id = 'UnsupportedSecret' }
        @{ Name = 'prod-sql#uri'; Id = 'UnsupportedSecret' }
        @{ Name = 'prod-sql#powershell'; Id = 'UnsupportedSecret' }
        @{ Name = 'ours#field:powershell'; Id = 'UnsupportedSecret' }
        @{ Name = 'prod-sql#field:nothing'; Id = 'SecretNotFound' }
        @{ Name = 'prod-sql#attachment:no.bin'; Id = 'SecretNotFound' }
    ) {
        $result."Remove $Name".Ids | Should -Be $Id
        $result.StillThere | Should -Be 3
    }

    It 'neither lists nor reads the field in which it notes how an item was written' {
        $result.MarkerRows[0] | Should -Be 'pair'
        $result.MarkerRows[1] | Should -Be 'pair'
        $result.MarkerRows[2] | Should -Be 'pair#field:b'
        $result.MarkerRead.Messages | Should -Match "has no 'powershell'"
    }

    It 'removes a file, a field, and both fields of a credential' {
        $result.RemoveFile.Messages + $result.RemoveKey.Messages | Should -BeNullOrEmpty
        $result.Files | Should -Be 0
        $result.PairLeft | Should -Be 'b=c', 'powershell={"type":"Hashtable","own":["b"]}'
    }
}

Describe 'SecretManagement writes: notes of SecretManagement.Warden' {
    It '<Name> is <Read>' -TestCases @(
        @{ Name = 'w json'; Read = "deep={ `"x`": [1, 2] };flag=true;n=5;user=a`nb" }
        @{ Name = 'w crlf'; Read = 'user=a' }
        @{ Name = 'w xml'; Read = "n=5;pass=s3ü;user=a`nb & c" }
        @{ Name = 'w list'; Read = 'text' }
        @{ Name = 'w broken'; Read = 'text' }
        @{ Name = 'w twice'; Read = 'text' }
        @{ Name = 'w nested'; Read = 'text' }
        @{ Name = 'w dpapi'; Read = 'text' }
        @{ Name = 'w dtd'; Read = 'text' }
    ) {
        $result.Warden.$Name | Should -BeExactly $Read
    }

    It 'keeps its form when it is written' {
        $result.WardenWrite.Messages + $result.WardenXml.Messages | Should -BeNullOrEmpty
        $result.WardenNotes | Should -BeExactly (
            "PowerShellObjectRepresentation: JSON`n{`"deep`":{`"x`":[3]},`"flag`":`"maybe`",`"n`":6,`"user`":`"c \`"d\`"\\`"}")
        $result.WardenXmlNotes | Should -BeExactly "PowerShellObjectRepresentation: JSON`n{`"user`":`"new`"}"
        $result.WardenBytes.Ids | Should -Be 'SecretTypeMismatch'
    }
}

Describe 'SecretManagement writes: where a registration does not reach' {
    It 'ReadOnly refuses all three, and sends nothing' {
        $result.Closed | Should -Be 'VaultReadOnly', 'VaultReadOnly', 'VaultReadOnly'
        $result.ClosedRequests | Should -Be 0
    }

    It 'Folder is where new items go, and nothing is written outside of it' {
        $result.Boxed.Messages | Should -BeNullOrEmpty
        $result.BoxedFolder | Should -Be 'Work'
        $result.BoxedOut | Should -Be 'UnsupportedSecret', 'UnsupportedSecret', 'UnsupportedSecret'
        $result.BoxedAway.Ids | Should -Be 'ItemNotFound'
    }
}

Describe 'SecretManagement writes: somebody else' {
    It 'a field that only looks like the marker changes no type: <_>' -ForEach '{"type":"PSCredential"}', '[]', 'not JSON', '{"keys":{"a":7}}', '{"type":5}' {
        $result.Forged.$_ | Should -Be 'words'
    }

    It 'SecretManagement fact 20: an item that appeared or went since the last look is neither written over nor made again' {
        $result.Appeared.Ids | Should -Be 'ItemChanged'
        $result.AppearedAgain.Messages | Should -BeNullOrEmpty
        $result.Went.Ids | Should -Be 'ItemChanged'
    }

    It 'SecretManagement facts 19, W9, W11: locked (<_>) ends the statement and tells its code' -ForEach 'Set', 'Info', 'Remove' {
        $result.Locked.$_.Terminated | Should -BeTrue
        $result.Locked.$_.Inner | Should -Be 'VaultLocked'
        $result.Locked.$_.Messages | Should -Not -Match 'Leaky'
    }

    It 'SecretManagement fact 19: not connected takes the same form' {
        $result.Locked.Disconnected.Inner | Should -Be 'NotConnected'
    }

    It 'SecretManagement fact 22: Unregister-SecretVault asks nobody' {
        $result.Unregister.Messages | Should -BeNullOrEmpty
        $result.Vaults | Should -Be 0
    }

    It 'nothing is printed' {
        $run.Output | Should -BeNullOrEmpty
        $run.ErrorOutput | Should -BeNullOrEmpty
    }
}
