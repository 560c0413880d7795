# The ways into a table (-Mode), and the properties that go with some of them: which requests are sent, and what arrives.

BeforeDiscovery {
    $notStreamed = @(
        @{ Name = 'Tag'; Value = @{ Tag = 'drop-by:x' } }
        @{ Name = 'IngestBy'; Value = @{ IngestBy = 'x' } }
        @{ Name = 'IngestIfNotExists'; Value = @{ IngestIfNotExists = 'x' } }
        @{ Name = 'CreationTime'; Value = @{ CreationTime = [datetime] '2026-01-01' } }
        @{ Name = 'SkipBatching'; Value = @{ SkipBatching = $true } }
        @{ Name = 'ExtendSchema'; Value = @{ ExtendSchema = $true } }
        @{ Name = 'KeepBlob'; Value = @{ KeepBlob = $true } }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $null = Connect-Adx -Local
    $rows = 1..300 | ForEach-Object { [pscustomobject]@{ Id = $_; Name = "name $_" } }

    function Get-NewTable([switch] $Streaming) {
        $name = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $name 'Id:long', 'Name:string', 'More:long'
        if ($Streaming) {
            Set-AdxTablePolicy $name -Streaming $true
        }
        $name
    }

    function Get-Sum([string] $Table) {
        $found = Invoke-AdxQuery "$Table | summarize n = count(), total = sum(Id)"
        "$($found.n) $($found.total)"
    }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'Send-AdxData -Mode' {
    It 'is Auto by default, and queues where the table does not allow streaming' {
        $table = Get-NewTable
        $script:sent = $null
        $requests = Get-LocalRequest { $script:sent = $rows | Send-AdxData $table -Wait }
        $sent.Mode | Should -Be 'Queued'
        $sent.Status | Should -Be 'Succeeded'
        # The schema, the policy; and no streaming.
        @($requests | Where-Object Path -Like '*/rest/mgmt*') | Should -HaveCount 2
        @($requests | Where-Object Path -Like '*/rest/ingest/*') | Should -BeNullOrEmpty
        Get-Sum $table | Should -BeExactly '300 45150'
    }

    It 'streams a small batch where the table allows it' {
        $table = Get-NewTable -Streaming
        $script:sent = $null
        $requests = Get-LocalRequest { $script:sent = $rows | Send-AdxData $table }
        "$($sent.Mode) $($sent.Status) $($sent.Rows) $($sent.Batches.Count)" | Should -BeExactly 'Streaming Succeeded 300 1'
        $sent.Batches[0].OperationId | Should -BeNullOrEmpty
        @($requests | Where-Object Path -Like '*/rest/ingest/*') | Should -HaveCount 1
        @($requests | Where-Object Method -EQ PUT) | Should -BeNullOrEmpty
        Get-Sum $table | Should -BeExactly '300 45150'
    }

    It 'queues with -Mode Queued even so' {
        $table = Get-NewTable -Streaming
        ($rows | Send-AdxData $table -Mode Queued -Wait).Mode | Should -Be 'Queued'
        Get-Sum $table | Should -BeExactly '300 45150'
    }

    It 'sends in commands with -Mode Direct' {
        $table = Get-NewTable
        $sent = $rows | Send-AdxData $table -Mode Direct
        "$($sent.Mode) $($sent.Status)" | Should -BeExactly 'Direct Succeeded'
        Get-Sum $table | Should -BeExactly '300 45150'
    }

    It 'streams chosen columns to where they belong' {
        $table = Get-NewTable -Streaming
        $null = [pscustomobject]@{ More = 7; Name = 'x'; Id = 1 } | Send-AdxData $table -Column More, Id -Mode Streaming
        $row = Invoke-AdxQuery $table
        "$($row.Id) '$($row.Name)' $($row.More)" | Should -BeExactly "1 '' 7"
    }

    It 'queues to a table that it makes' {
        $table = "T$([guid]::NewGuid().ToString('N'))"
        ($rows | Send-AdxData $table -CreateTable -Wait).Mode | Should -Be 'Queued'
        Get-Sum $table | Should -BeExactly '300 45150'
    }

    It 'tells in the verbose stream that a try was repeated' {
        $table = Get-NewTable -Streaming
        Add-LocalFault Streaming -Abort
        $told = $rows | Send-AdxData $table -Mode Streaming -Verbose 4>&1
        "$($told | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] })" | Should -BeLike '*was lost*twice*'
        Get-Sum $table | Should -BeExactly '300 45150'
    }

    It 'refuses streaming where the table does not allow it, and says what to do' {
        $table = Get-NewTable
        $failure = Get-Failure { $rows | Send-AdxData $table -Mode Streaming }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxStreamingUnavailable,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-Mode Auto*'
    }

    It 'refuses -<Name> with streaming before anything is sent' -ForEach $notStreamed {
        $script:failure = $null
        $requests = Get-LocalRequest { $script:failure = Get-Failure { $rows | Send-AdxData Any -CreateTable -Mode Streaming @Value } }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidCombination,*'
        $failure.Exception.Message | Should -BeLike "-$Name*"
        $requests | Should -BeNullOrEmpty
    }

    It 'rejects a row that is too long to be streamed and sends the others' {
        $table = Get-NewTable -Streaming
        $sent = @([pscustomobject]@{ Id = 1 }; [pscustomobject]@{ Id = 2; Name = 'x' * 4000000 }) |
            Send-AdxData $table -Mode Streaming -ErrorVariable failures -ErrorAction SilentlyContinue
        "$($sent.Rows) $($sent.RejectedRows)" | Should -BeExactly '1 1'
        $failures.FullyQualifiedErrorId | Should -BeLike 'AdxRowRejected,*'
    }
}

Describe 'What does not go together' {
    It 'is refused before anything is sent: <Case>' -ForEach @(
        @{ Case = 'a blob and -Mode Streaming'; Id = 'AdxInvalidCombination'; Send = { Send-AdxData Any -Uri $blob -Mode Streaming } }
        @{ Case = 'a blob and -Mode Direct'; Id = 'AdxInvalidCombination'; Send = { Send-AdxData Any -Uri $blob -Mode Direct } }
        @{ Case = 'a blob and -KeepBlob'; Id = 'AdxInvalidCombination'; Send = { Send-AdxData Any -Uri $blob -KeepBlob } }
        @{ Case = 'a container and -Mode Streaming'; Id = 'AdxInvalidCombination'; Send = { Send-AdxData Any -Uri $blob -Container -Mode Streaming } }
        @{ Case = 'a container and -Mode Direct'; Id = 'AdxInvalidCombination'; Send = { Send-AdxData Any -Uri $blob -Container -Mode Direct } }
        @{ Case = 'a container and -KeepBlob'; Id = 'AdxInvalidCombination'; Send = { Send-AdxData Any -Uri $blob -Container -KeepBlob } }
        @{ Case = 'a container and -ExtendSchema'; Id = 'AdxInvalidCombination'; Send = { Send-AdxData Any -Uri $blob -Container -ExtendSchema } }
        @{ Case = 'a container and ;impersonate'; Id = 'AdxInvalidCombination'; Send = { Send-AdxData Any -Uri 'https://a.blob.core.windows.net/c/;impersonate' -Container -Format Csv } }
        @{ Case = 'objects and a mapping'; Id = 'AdxInvalidCombination'; Send = { $rows | Send-AdxData Any -Mapping @{ Id = 0 } } }
        @{ Case = 'objects and -ValidationPolicy'; Id = 'AdxInvalidCombination'; Send = { $rows | Send-AdxData Any -ValidationPolicy Fail } }
        @{ Case = 'a spool and -Mode Streaming'; Id = 'AdxInvalidCombination'; Send = { $rows | Send-AdxData Any -SpoolPath "$TestDrive/s" -Mode Streaming } }
        @{ Case = 'a spool and -Mode Direct'; Id = 'AdxInvalidCombination'; Send = { $rows | Send-AdxData Any -SpoolPath "$TestDrive/s" -Mode Direct } }
        @{ Case = 'ExactlyOnce and -Mode Streaming'; Id = 'AdxInvalidCombination'; Send = { $rows | Send-AdxData Any -SpoolPath "$TestDrive/s" -DeliveryGuarantee ExactlyOnce -Mode Streaming } }
    ) {
        $blob = 'https://a.blob.core.windows.net/c/b.csv'
        $script:failure = $null
        $requests = Get-LocalRequest { $script:failure = Get-Failure $Send }
        $failure.FullyQualifiedErrorId | Should -BeExactly "$Id,AdxFlow.PowerShell.Ingestion.SendAdxDataCommand"
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $requests | Should -BeNullOrEmpty
        Test-Path "$TestDrive/s" | Should -BeFalse
    }

    It 'is -SpoolPath with Auto: it queues then, also where the table allows streaming' {
        $table = Get-NewTable -Streaming
        $sent = $rows | Send-AdxData $table -SpoolPath "$TestDrive/auto" -Wait -ErrorAction Stop
        "$($sent.Mode) $($sent.Status)" | Should -BeExactly 'Queued Succeeded'
        Get-Sum $table | Should -BeExactly '300 45150'
    }
}

Describe 'Properties' {
    It 'takes a mapping as <Case>' -ForEach @(
        @{ Case = 'a dictionary'; Make = { [ordered]@{ Id = '$.key'; Name = '$.text' } } }
        @{ Case = 'JSON'; Make = { '[{"Column":"Id","Properties":{"Path":"$.key"}},{"Column":"Name","Properties":{"Path":"$.text"}}]' } }
        @{ Case = 'a mapping of another table'; Make = { New-AdxMapping (Get-NewTable) 'm' Json ([ordered]@{ Id = '$.key'; Name = '$.text' }) } }
    ) {
        $table = Get-NewTable
        Set-Content TestDrive:/in.json '{"key":5,"text":"five"}'
        $null = Send-AdxData $table -Path TestDrive:/in.json -Mapping (& $Make) -Wait -ErrorAction Stop
        $row = Invoke-AdxQuery $table
        "$($row.Id) $($row.Name)" | Should -BeExactly '5 five'
    }

    It 'refuses a mapping for another format, and two mappings' {
        $table = Get-NewTable
        Set-Content TestDrive:/in.csv '5,five'
        (Get-Failure { Send-AdxData $table -Path TestDrive:/in.csv -Mapping @{ Id = '$.key' } }).FullyQualifiedErrorId | Should -BeLike 'AdxInvalidMapping,*'
        (Get-Failure { Send-AdxData $table -Path TestDrive:/in.csv -Mapping @{ Id = 0 } -MappingName m }).FullyQualifiedErrorId | Should -BeLike 'AdxInvalidCombination,*'
    }

    It 'ingests once what -IngestBy marks and -IngestIfNotExists asks for' {
        $table = Get-NewTable
        ($rows | Send-AdxData $table -IngestBy day1 -IngestIfNotExists day1 -Wait).Status | Should -Be 'Succeeded'
        ($rows | Send-AdxData $table -IngestBy day1 -IngestIfNotExists day1 -Wait -ErrorAction SilentlyContinue -ErrorVariable failures).Status | Should -Be 'Failed'
        $failures[0].ErrorDetails.RecommendedAction | Should -BeLike 'Nothing needs to be done*' -Because 'to send the data again is the last thing to do'
        Get-Sum $table | Should -BeExactly '300 45150'
    }

    It 'fails a batch of unequal records with -ValidationPolicy Fail' {
        $table = Get-NewTable
        Set-Content TestDrive:/uneven.csv "1,a,1`n2,b"
        (Send-AdxData $table -Path TestDrive:/uneven.csv -ValidationPolicy Fail -Wait -ErrorAction SilentlyContinue).Status | Should -Be 'Failed'
    }

    It 'leaves the blob with -KeepBlob' {
        $table = Get-NewTable
        $before = @(Get-LocalBlob).Count
        $null = $rows | Send-AdxData $table -KeepBlob -SkipBatching -Wait
        @(Get-LocalBlob).Count - $before | Should -Be 1
    }
}
